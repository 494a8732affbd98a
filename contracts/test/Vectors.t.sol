// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {ConsumerChannelProxy} from "../src/libraries/ConsumerChannelProxy.sol";
import {Messages} from "../src/libraries/Messages.sol";
import {TypedData} from "../src/libraries/TypedData.sol";
import {Test} from "./base/Test.sol";

/// @dev The golden vectors that C# and an independent wallet check too: bytes that one side takes, the others take.
contract VectorsTest is Test {
    string private json;
    mapping(string messageType => bool) private _seen;

    function test_MessagesHashAsTheContractsHashThem() public {
        uint256 count = _load("vectors/messages.json");
        for (uint256 i = 0; i < count; ++i) {
            string memory row = _row(i);
            bytes32 structHash = _bytes32(row, ".structHash");
            _checkStructHash(row, structHash);
            vm.chainId(_uint(row, ".domain.chainId"));
            bytes32 digest = TypedData.digest(TypedData.domain(_address(row, ".domain.verifyingContract")), structHash);
            vm.assertEq(digest, _bytes32(row, ".digest"), string.concat("digest of ", row));
            (address signer,) = this.recover(digest, _bytes(row, ".signature"));
            vm.assertEq(signer, _address(row, ".signer"), string.concat("signer of ", row));
        }
        vm.assertTrue(_seen["ConsumerPromise"] && _seen["ProviderPromise"], "a promise of both kinds");
        vm.assertTrue(_seen["SettlementFee"] && _seen["RegisterIdentity"], "a fee and a registration");
        vm.assertTrue(_seen["ReturnLoan"] && _seen["SetBeneficiary"], "a loan back and a beneficiary");
        vm.assertTrue(_seen["RequestExit"] && _seen["ConsentExit"], "an exit of both kinds");
    }

    function test_SignaturesAreTakenOrRefusedAlike() public {
        uint256 count = _load("vectors/signatures.json");
        (uint256 taken, uint256 refused) = (0, 0);
        for (uint256 i = 0; i < count; ++i) {
            string memory row = _row(i);
            bytes memory signature = _bytes(row, ".signature");
            (address recovered, bool wellFormed) = this.recover(_bytes32(row, ".digest"), signature);
            bool valid = wellFormed && recovered == _address(row, ".signer");
            string memory name = vm.parseJsonString(json, string.concat(row, ".name"));
            vm.assertEq(valid ? 1 : 0, vm.parseJsonBool(json, string.concat(row, ".valid")) ? 1 : 0, name);
            if (valid) ++taken;
            else ++refused;
        }
        vm.assertGe(taken, 1, "good ones");
        vm.assertGe(refused, 1, "hostile ones");
    }

    function test_ChannelsAreWhereTheContractsPutThem() public {
        uint256 count = _load("vectors/channels.json");
        for (uint256 i = 0; i < count; ++i) {
            string memory row = _row(i);
            (address identity, address accountant) = (_address(row, ".identity"), _address(row, ".accountant"));
            address channel = ConsumerChannelProxy.predict(
                _address(row, ".implementation"),
                ConsumerChannelProxy.Arguments(
                    identity, accountant, _address(row, ".token"), _address(row, ".registry")
                )
            );
            vm.assertEq(channel, _address(row, ".consumerChannel"), string.concat("consumer channel of ", row));
            bytes32 consumerId = bytes32(bytes20(channel)) >> 96;
            vm.assertEq(consumerId, _bytes32(row, ".consumerChannelId"), string.concat("its id, ", row));
            bytes32 providerId = keccak256(abi.encodePacked(identity, accountant));
            vm.assertEq(providerId, _bytes32(row, ".providerChannelId"), string.concat("provider channel of ", row));
        }
    }

    /// @dev As the contracts recover: out of calldata.
    function recover(bytes32 digest, bytes calldata signature) external pure returns (address, bool) {
        (address recovered, ECDSA.RecoverError refusal,) = ECDSA.tryRecoverCalldata(digest, signature);
        return (recovered, refusal == ECDSA.RecoverError.NoError);
    }

    function registerIdentity(IRegistry.RegisterIdentity calldata message) external pure returns (bytes32) {
        return Messages.registerIdentity(message);
    }

    function _load(string memory path) private returns (uint256 count) {
        json = vm.readFile(path);
        while (vm.keyExistsJson(json, _row(count))) ++count;
        vm.assertGe(count, 1, string.concat("no vectors in ", path));
    }

    function _row(uint256 i) private pure returns (string memory) {
        return string.concat("$[", vm.toString(i), "]");
    }

    /// @dev hashStruct by the contracts' own code, for the messages that a contract verifies.
    function _checkStructHash(string memory row, bytes32 expected) private {
        string memory name = vm.parseJsonString(json, string.concat(row, ".type"));
        _seen[name] = true;
        bytes32 hash = keccak256(bytes(name));
        bytes32 actual;
        if (hash == keccak256("ConsumerPromise")) actual = _consumerPromise(row);
        else if (hash == keccak256("ProviderPromise")) actual = _providerPromise(row);
        else if (hash == keccak256("SettlementFee")) actual = _settlementFee(row);
        else if (hash == keccak256("RegisterIdentity")) actual = _registerIdentity(row);
        else if (hash == keccak256("ReturnLoan")) actual = _returnLoan(row);
        else if (hash == keccak256("SetBeneficiary")) actual = _setBeneficiary(row);
        else if (hash == keccak256("RequestExit")) actual = _requestExit(row);
        else if (hash == keccak256("ConsentExit")) actual = _consentExit(row);
        else return;
        vm.assertEq(actual, expected, string.concat("structHash of ", name, " at ", row));
    }

    function _consumerPromise(string memory row) private view returns (bytes32) {
        bytes32 agreementHash = keccak256(
            abi.encode(
                keccak256("Agreement(address provider,uint256 agreementId,uint256 agreementTotal)"),
                _address(row, ".message.agreement.provider"),
                _uint(row, ".message.agreement.agreementId"),
                _uint(row, ".message.agreement.agreementTotal")
            )
        );
        return Messages.consumerPromise(
            _bytes32(row, ".message.channelId"),
            _uint(row, ".message.amount"),
            _bytes32(row, ".message.hashlock"),
            agreementHash
        );
    }

    function _providerPromise(string memory row) private view returns (bytes32) {
        return Messages.providerPromise(
            _bytes32(row, ".message.channelId"), _uint(row, ".message.amount"), _bytes32(row, ".message.hashlock")
        );
    }

    function _settlementFee(string memory row) private view returns (bytes32) {
        return Messages.settlementFee(
            _bytes32(row, ".message.channelId"),
            _uint(row, ".message.totalFee"),
            _address(row, ".message.transactionMaker"),
            _uint(row, ".message.minSettled"),
            _uint(row, ".message.deadline")
        );
    }

    function _registerIdentity(string memory row) private view returns (bytes32) {
        return this.registerIdentity(
            IRegistry.RegisterIdentity({
                identity: _address(row, ".message.identity"),
                accountant: _address(row, ".message.accountant"),
                loan: _uint(row, ".message.loan"),
                beneficiary: _address(row, ".message.beneficiary"),
                fee: _uint(row, ".message.fee"),
                transactionMaker: _address(row, ".message.transactionMaker"),
                deadline: _uint(row, ".message.deadline")
            })
        );
    }

    function _returnLoan(string memory row) private view returns (bytes32) {
        return Messages.returnLoan(
            _bytes32(row, ".message.channelId"), _uint(row, ".message.totalReturned"), _uint(row, ".message.deadline")
        );
    }

    function _setBeneficiary(string memory row) private view returns (bytes32) {
        return Messages.setBeneficiary(
            _bytes32(row, ".message.channelId"),
            _address(row, ".message.beneficiary"),
            _uint(row, ".message.nonce"),
            _uint(row, ".message.deadline")
        );
    }

    function _requestExit(string memory row) private view returns (bytes32) {
        return Messages.requestExit(
            _bytes32(row, ".message.channelId"),
            _address(row, ".message.beneficiary"),
            _uint(row, ".message.nonce"),
            _uint(row, ".message.deadline")
        );
    }

    function _consentExit(string memory row) private view returns (bytes32) {
        return Messages.consentExit(
            _bytes32(row, ".message.channelId"),
            _address(row, ".message.beneficiary"),
            _uint(row, ".message.amount"),
            _uint(row, ".message.nonce"),
            _uint(row, ".message.deadline")
        );
    }

    function _uint(string memory row, string memory field) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(row, field));
    }

    function _address(string memory row, string memory field) private view returns (address) {
        return vm.parseJsonAddress(json, string.concat(row, field));
    }

    function _bytes32(string memory row, string memory field) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, string.concat(row, field));
    }

    function _bytes(string memory row, string memory field) private view returns (bytes memory) {
        return vm.parseJsonBytes(json, string.concat(row, field));
    }
}
