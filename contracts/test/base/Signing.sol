// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISettlements} from "../../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../../src/interfaces/IRegistry.sol";
import {Test} from "./Test.sol";

/// @title Signs the protocol's messages with type strings of its own, so that a slip in the contracts' strings is seen
abstract contract Signing is Test {
    function _digest(address verifyingContract, bytes32 structHash) internal view returns (bytes32) {
        bytes32 separator = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Accountant Pattern"),
                keccak256("1"),
                block.chainid,
                verifyingContract
            )
        );
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }

    function _sign(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _hashlock(bytes32 lock) internal pure returns (bytes32) {
        return keccak256(abi.encode(lock));
    }

    function _consumerPromiseDigest(
        address accountant,
        address channel,
        uint256 amount,
        bytes32 agreementHash,
        bytes32 lock
    ) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "ConsumerPromise(bytes32 channelId,uint256 amount,bytes32 hashlock,Agreement agreement)Agreement(address provider,uint256 agreementId,uint256 agreementTotal)"
        );
        bytes32 channelId = bytes32(bytes20(channel)) >> 96;
        return _digest(accountant, keccak256(abi.encode(typeHash, channelId, amount, _hashlock(lock), agreementHash)));
    }

    function _providerPromiseDigest(address accountant, address provider, uint256 amount, bytes32 lock)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("ProviderPromise(bytes32 channelId,uint256 amount,bytes32 hashlock)");
        bytes32 channelId = keccak256(bytes.concat(bytes20(provider), bytes20(accountant)));
        return _digest(accountant, keccak256(abi.encode(typeHash, channelId, amount, _hashlock(lock))));
    }

    function _settlementFeeDigest(address accountant, address provider, ISettlements.SettlementFee memory fee)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "SettlementFee(bytes32 channelId,uint256 totalFee,address transactionMaker,uint256 minSettled,uint256 deadline)"
        );
        bytes32 channelId = keccak256(bytes.concat(bytes20(provider), bytes20(accountant)));
        return _digest(
            accountant,
            keccak256(abi.encode(typeHash, channelId, fee.totalFee, fee.transactionMaker, fee.minSettled, fee.deadline))
        );
    }

    function _registerIdentityDigest(address registry, IRegistry.RegisterIdentity memory message)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "RegisterIdentity(address identity,address accountant,uint256 loan,address beneficiary,uint256 fee,address transactionMaker,uint256 deadline)"
        );
        return _digest(
            registry,
            keccak256(
                abi.encode(
                    typeHash,
                    message.identity,
                    message.accountant,
                    message.loan,
                    message.beneficiary,
                    message.fee,
                    message.transactionMaker,
                    message.deadline
                )
            )
        );
    }
}
