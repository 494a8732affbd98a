// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DeadlinePassed, InvalidSigner, WrongNonce} from "../src/Errors.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Requests} from "./base/Requests.sol";

contract SetBeneficiaryTest is Requests {
    function setUp() public override {
        super.setUp();
        _addFree(1000);
    }

    function test_SettlementsGoThereFromThenOn() public {
        _settle(provider, 100);
        bytes memory signature = _signedFor(BENEFICIARY, 0);
        vm.expectEmit(address(accountant));
        emit IChannelBook.BeneficiaryChanged(provider, BENEFICIARY);
        vm.prank(stranger);
        accountant.setBeneficiary(provider, BENEFICIARY, 0, block.timestamp, signature);
        vm.assertEq(accountant.channel(provider).beneficiary, BENEFICIARY, "beneficiary");
        vm.assertEq(accountant.channel(provider).nonce, 1, "the counter rose");
        _settle(provider, 250);
        vm.assertEq(token.balanceOf(provider), 100, "before");
        vm.assertEq(token.balanceOf(BENEFICIARY), 150, "after");
    }

    function test_NobodyIsTheProviderItself() public {
        _setBeneficiary(BENEFICIARY);
        _setBeneficiary(address(0));
        vm.assertEq(accountant.channel(provider).beneficiary, address(0), "none");
        vm.assertEq(accountant.channel(provider).nonce, 2, "two turns");
        _settle(provider, 100);
        vm.assertEq(token.balanceOf(provider), 100, "the provider");
        vm.assertEq(token.balanceOf(BENEFICIARY), 0, "not the old one");
    }

    function test_HoldsForItsTurnOnly() public {
        bytes memory first = _signedFor(BENEFICIARY, 0);
        bytes memory second = _signedFor(stranger, 1);
        vm.expectRevert(abi.encodeWithSelector(WrongNonce.selector, 1, 0));
        accountant.setBeneficiary(provider, stranger, 1, block.timestamp, second);
        accountant.setBeneficiary(provider, BENEFICIARY, 0, block.timestamp, first);
        accountant.setBeneficiary(provider, stranger, 1, block.timestamp, second);
        vm.expectRevert(abi.encodeWithSelector(WrongNonce.selector, 0, 2));
        accountant.setBeneficiary(provider, BENEFICIARY, 0, block.timestamp, first);
    }

    function test_HoldsUntilItsDeadlineInclusive() public {
        bytes memory signature = _signedFor(BENEFICIARY, 0);
        uint256 deadline = block.timestamp;
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(DeadlinePassed.selector, deadline));
        accountant.setBeneficiary(provider, BENEFICIARY, 0, deadline, signature);
        vm.warp(deadline);
        accountant.setBeneficiary(provider, BENEFICIARY, 0, deadline, signature);
    }

    function test_EveryFieldIsSigned() public {
        bytes memory signature = _signedFor(BENEFICIARY, 0);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.setBeneficiary(stranger, BENEFICIARY, 0, block.timestamp, signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.setBeneficiary(provider, stranger, 0, block.timestamp, signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.setBeneficiary(provider, BENEFICIARY, 0, block.timestamp + 1, signature);
        _setBeneficiary(address(0));
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.setBeneficiary(provider, BENEFICIARY, 1, block.timestamp, signature);
    }

    function test_OnlyTheProviderSigns() public {
        bytes32 digest = _setBeneficiaryDigest(address(accountant), provider, BENEFICIARY, 0, block.timestamp);
        uint256[3] memory keys = [OPERATOR_KEY, CONSUMER_KEY, STRANGER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            bytes memory signature = _sign(keys[i], digest);
            vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, vm.addr(keys[i])));
            accountant.setBeneficiary(provider, BENEFICIARY, 0, block.timestamp, signature);
        }
    }

    /// @dev A registration signed long ago, sent late by anybody, must not undo what the provider signed since.
    function test_ALaterRegistrationDoesNotUndoIt() public {
        _setBeneficiary(BENEFICIARY);
        _register(stranger, 0);
        vm.assertEq(accountant.channel(provider).beneficiary, BENEFICIARY, "without a loan");
    }

    function test_ALaterRegistrationWithALoanDoesNotUndoItEither() public {
        _setBeneficiary(address(0));
        _register(stranger, 50);
        vm.assertEq(accountant.channel(provider).beneficiary, address(0), "still the provider itself");
        vm.assertEq(accountant.channel(provider).loan, 50, "the loan is taken");
    }

    function test_ARegistrationWithoutABeneficiaryChangesNothing() public {
        _register(address(0), 50);
        vm.assertEq(accountant.channel(provider).beneficiary, address(0), "the provider itself");
        _setBeneficiary(BENEFICIARY);
        vm.assertEq(accountant.channel(provider).beneficiary, BENEFICIARY, "its first turn is still free");
    }

    function test_ItReplacesTheRegistrationsBeneficiary() public {
        _register(stranger, 0);
        vm.assertEq(accountant.channel(provider).beneficiary, stranger, "registered");
        _setBeneficiary(BENEFICIARY);
        vm.assertEq(accountant.channel(provider).beneficiary, BENEFICIARY, "signed later");
    }

    function _register(address beneficiary, uint256 loan) private {
        IRegistry.RegisterIdentity memory message = _registration(provider, loan);
        message.beneficiary = beneficiary;
        _fundPredicted(message, 0);
        registry.registerIdentity(message, _signed(PROVIDER_KEY, message));
    }

    function _signedFor(address beneficiary, uint256 nonce) private view returns (bytes memory) {
        bytes32 digest = _setBeneficiaryDigest(address(accountant), provider, beneficiary, nonce, block.timestamp);
        return _sign(PROVIDER_KEY, digest);
    }
}
