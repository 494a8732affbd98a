// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {InvalidSigner} from "../src/Errors.sol";
import {ILoans} from "../src/interfaces/accountant/ILoans.sol";
import {ICollections} from "../src/interfaces/accountant/ICollections.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Requests} from "./base/Requests.sol";

/// @dev Every place that takes a signature (a door) refuses every encoding of it but one, by name.
contract HostileSignaturesTest is Requests {
    uint256 private constant CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    ConsumerChannel private channel;
    IRegistry.RegisterIdentity private registration;

    function setUp() public override {
        super.setUp();
        channel = _openConsumerChannel(CONSUMER_KEY, 1000);
        _addFree(1000);
        _lend(provider, 500);
        registration = _registration(vm.addr(STRANGER_KEY), 0);
        _fundPredicted(registration, 0);
    }

    function test_ConsumerPromise() public {
        _attack(this.settleConsumer, _consumerPromise(CONSUMER_KEY, address(channel), 100));
    }

    function test_ProviderPromise() public {
        _attack(this.settleProvider, _providerPromise(provider, 100));
    }

    function test_SettlementFee() public {
        _attack(this.settleWithFee, _fee(10, 0).signature);
    }

    function test_RegisterIdentity() public {
        _attack(this.register, _signed(STRANGER_KEY, registration));
    }

    function test_RequestExit() public {
        bytes32 digest = _requestExitDigest(address(accountant), address(channel), BENEFICIARY, 0, block.timestamp);
        _attack(this.requestExit, _sign(CONSUMER_KEY, digest));
    }

    function test_ConsentExitOfTheConsumer() public {
        _attack(this.consentAsConsumer, _consent(CONSUMER_KEY));
    }

    function test_ConsentExitOfTheOperator() public {
        _attack(this.consentAsOperator, _consent(OPERATOR_KEY));
    }

    function test_SetBeneficiary() public {
        bytes32 digest = _setBeneficiaryDigest(address(accountant), provider, BENEFICIARY, 0, block.timestamp);
        _attack(this.setBeneficiary, _sign(PROVIDER_KEY, digest));
    }

    function test_ReturnLoan() public {
        _attack(this.returnLoan, _loanReturn(100).signature);
    }

    function test_ProviderPromiseInARecovery() public {
        _attack(this.recoverPromise, _providerPromise(provider, 100));
    }

    function test_ReturnLoanInARecovery() public {
        _attack(this.recoverLoan, _loanReturn(100).signature);
    }

    /// @dev A failed recovery gives the zero address, which is nobody's identity.
    function test_NobodyCannotSign() public {
        registration = _registration(address(0), 0);
        _fundPredicted(registration, 0);
        _refuseMalformed(this.register, new bytes(65));
    }

    /// @dev Bytes that nobody signed are never anybody's signature, whatever their length.
    function testFuzz_NoiseIsNobodysSignature(bytes memory noise) public {
        function(bytes memory) external[11] memory doors = [
            this.settleConsumer,
            this.settleProvider,
            this.settleWithFee,
            this.register,
            this.requestExit,
            this.consentAsConsumer,
            this.consentAsOperator,
            this.setBeneficiary,
            this.returnLoan,
            this.recoverPromise,
            this.recoverLoan
        ];
        for (uint256 i = 0; i < doors.length; ++i) {
            _attempt(doors[i], noise);
        }
    }

    /// @dev Any single bit flipped: another signer or a malformed signature, never the same payment under other bytes.
    function testFuzz_NoBitMayChange(uint16 position) public {
        bytes memory signature = _providerPromise(provider, 100);
        uint256 bit = position % (65 * 8);
        signature[bit / 8] ^= bytes1(uint8(2 ** (bit % 8)));
        _attempt(this.settleProvider, signature);
    }

    function settleConsumer(bytes memory signature) external {
        channel.settlePromise(100, AGREEMENT_HASH, LOCK, signature);
    }

    function settleProvider(bytes memory signature) external {
        accountant.settlePromise(provider, 100, LOCK, signature);
    }

    function settleWithFee(bytes memory signature) external {
        ISettlements.SettlementFee memory fee = _fee(10, 0);
        fee.signature = signature;
        _settleWithFee(100, fee);
    }

    function register(bytes memory signature) external {
        registry.registerIdentity(registration, signature);
    }

    function requestExit(bytes memory signature) external {
        channel.requestExit(BENEFICIARY, 0, block.timestamp, signature);
    }

    function consentAsConsumer(bytes memory signature) external {
        channel.consentExit(BENEFICIARY, 100, 0, block.timestamp, signature, _consent(OPERATOR_KEY));
    }

    function consentAsOperator(bytes memory signature) external {
        channel.consentExit(BENEFICIARY, 100, 0, block.timestamp, _consent(CONSUMER_KEY), signature);
    }

    function setBeneficiary(bytes memory signature) external {
        accountant.setBeneficiary(provider, BENEFICIARY, 0, block.timestamp, signature);
    }

    function returnLoan(bytes memory signature) external {
        accountant.returnLoan(provider, ILoans.LoanReturn(100, block.timestamp, signature));
    }

    function recoverPromise(bytes memory signature) external {
        ISettlements.Settlement memory settlement = _settlement(provider, 100);
        settlement.signature = signature;
        accountant.recover(new ICollections.Collection[](0), settlement, _noLoanReturn());
    }

    function recoverLoan(bytes memory signature) external {
        ILoans.LoanReturn memory loanReturn = ILoans.LoanReturn(100, block.timestamp, signature);
        accountant.recover(new ICollections.Collection[](0), _noSettlement(provider), loanReturn);
    }

    function _consent(uint256 key) private view returns (bytes memory) {
        return
            _sign(key, _consentExitDigest(address(accountant), address(channel), BENEFICIARY, 100, 0, block.timestamp));
    }

    function _attack(function(bytes memory) external door, bytes memory signature) private {
        (uint256 r, uint256 s, uint8 v) = _split(signature);
        uint8 otherV = v == 27 ? 28 : 27;

        bytes4 reason = _selector(_attempt(door, abi.encodePacked(r, s, otherV)));
        bool refused = reason == InvalidSigner.selector || reason == ECDSA.ECDSAInvalidSignature.selector;
        vm.assertTrue(refused, "the other v is another signer, or none");

        uint256 highS = CURVE_ORDER - s;
        bytes memory isHigh = abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, highS);
        _refuse(door, abi.encodePacked(r, highS, otherV), isHigh);
        _refuse(door, abi.encodePacked(r, highS, v), isHigh);

        _refuseMalformed(door, abi.encodePacked(r, s, v - 27));
        _refuseMalformed(door, abi.encodePacked(r, s, uint8(26)));
        _refuseMalformed(door, abi.encodePacked(r, s, uint8(29)));
        _refuseMalformed(door, abi.encodePacked(r, s, uint8(255)));
        _refuseMalformed(door, abi.encodePacked(uint256(0), s, v));
        _refuseMalformed(door, abi.encodePacked(r, uint256(0), v));
        _refuseMalformed(door, abi.encodePacked(CURVE_ORDER, s, v));
        _refuseMalformed(door, new bytes(65));

        _refuseLength(door, "");
        _refuseLength(door, abi.encodePacked(r, s));
        _refuseLength(door, abi.encodePacked(r, s | (uint256(v - 27) << 255)));
        _refuseLength(door, abi.encodePacked(r, s, v, uint8(0)));
        _refuseLength(door, abi.encode(r, s, v));

        door(signature);
    }

    function _refuseMalformed(function(bytes memory) external door, bytes memory signature) private {
        _refuse(door, signature, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector));
    }

    function _refuseLength(function(bytes memory) external door, bytes memory signature) private {
        _refuse(door, signature, abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureLength.selector, signature.length));
    }

    function _refuse(function(bytes memory) external door, bytes memory signature, bytes memory reason) private {
        vm.assertEq(_attempt(door, signature), reason, "reason");
    }

    function _attempt(function(bytes memory) external door, bytes memory signature) private returns (bytes memory) {
        bool accepted = true;
        bytes memory refusal;
        try door(signature) {}
        catch (bytes memory reason) {
            accepted = false;
            refusal = reason;
        }
        vm.assertFalse(accepted, "accepted");
        return refusal;
    }

    function _split(bytes memory signature) private pure returns (uint256 r, uint256 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
    }
}
