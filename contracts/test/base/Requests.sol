// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../../src/ConsumerChannel.sol";
import {ICollections} from "../../src/interfaces/accountant/ICollections.sol";
import {ILoans} from "../../src/interfaces/accountant/ILoans.sol";
import {ISettlements} from "../../src/interfaces/accountant/ISettlements.sol";
import {Network} from "./Network.sol";

/// @title What people sign beside promises, and the times at which announced things happen
/// @dev Type strings and times are written down a second time here, so that a slip in the contracts' own is seen.
abstract contract Requests is Network {
    uint256 internal constant NOTICE = 4 days;
    uint256 internal constant LAPSE = 7 days;
    address internal constant BENEFICIARY = address(0xBE);

    // Exits

    function _requestExitDigest(
        address accountant_,
        address channel,
        address beneficiary,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "RequestExit(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)"
        );
        return _digest(accountant_, keccak256(abi.encode(typeHash, _consumerId(channel), beneficiary, nonce, deadline)));
    }

    function _consentExitDigest(
        address accountant_,
        address channel,
        address beneficiary,
        uint256 amount,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "ConsentExit(bytes32 channelId,address beneficiary,uint256 amount,uint256 nonce,uint256 deadline)"
        );
        bytes32 id = _consumerId(channel);
        return _digest(accountant_, keccak256(abi.encode(typeHash, id, beneficiary, amount, nonce, deadline)));
    }

    /// @dev By the consumer, with the channel's next nonce, in time.
    function _requestExit(ConsumerChannel channel, address beneficiary) internal {
        uint256 nonce = channel.nonce();
        bytes32 digest = _requestExitDigest(address(accountant), address(channel), beneficiary, nonce, block.timestamp);
        channel.requestExit(beneficiary, nonce, block.timestamp, _sign(CONSUMER_KEY, digest));
    }

    // Provider channels

    function _setBeneficiaryDigest(
        address accountant_,
        address provider_,
        address beneficiary,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "SetBeneficiary(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)"
        );
        bytes32 id = _providerId(provider_, accountant_);
        return _digest(accountant_, keccak256(abi.encode(typeHash, id, beneficiary, nonce, deadline)));
    }

    /// @dev By the provider, with the channel's next nonce, in time.
    function _setBeneficiary(address beneficiary) internal {
        uint256 nonce = accountant.channel(provider).nonce;
        bytes32 digest = _setBeneficiaryDigest(address(accountant), provider, beneficiary, nonce, block.timestamp);
        accountant.setBeneficiary(provider, beneficiary, nonce, block.timestamp, _sign(PROVIDER_KEY, digest));
    }

    function _returnLoanDigest(address accountant_, address provider_, uint256 totalReturned, uint256 deadline)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("ReturnLoan(bytes32 channelId,uint256 totalReturned,uint256 deadline)");
        bytes32 id = _providerId(provider_, accountant_);
        return _digest(accountant_, keccak256(abi.encode(typeHash, id, totalReturned, deadline)));
    }

    function _loanReturn(uint256 totalReturned) internal view returns (ILoans.LoanReturn memory) {
        bytes32 digest = _returnLoanDigest(address(accountant), provider, totalReturned, block.timestamp);
        return ILoans.LoanReturn(totalReturned, block.timestamp, _sign(PROVIDER_KEY, digest));
    }

    function _noLoanReturn() internal pure returns (ILoans.LoanReturn memory none) {}

    // Evidence

    function _collection(uint256 key, uint256 amount) internal view returns (ICollections.Collection memory) {
        address identity = vm.addr(key);
        address channel = registry.channelAddress(identity, address(accountant));
        bytes memory signature = _consumerPromise(key, channel, amount);
        return ICollections.Collection(identity, amount, AGREEMENT_HASH, LOCK, signature);
    }

    function _settlement(address to, uint256 amount) internal view returns (ISettlements.Settlement memory row) {
        (row.provider, row.amount, row.lock, row.signature) = (to, amount, LOCK, _providerPromise(to, amount));
    }

    /// @dev None for the provider: only whose channel it is about.
    function _noSettlement(address to) internal pure returns (ISettlements.Settlement memory row) {
        row.provider = to;
    }

    function _consumerId(address channel) private pure returns (bytes32) {
        return bytes32(uint256(uint160(channel)));
    }

    function _providerId(address provider_, address accountant_) private pure returns (bytes32) {
        return keccak256(bytes.concat(bytes20(provider_), bytes20(accountant_)));
    }
}
