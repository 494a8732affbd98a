// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NewLoansPaused} from "../src/Errors.sol";
import {IOwnerFunds} from "../src/interfaces/accountant/IOwnerFunds.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Requests} from "./base/Requests.sol";

/// @dev The owner's only switch: registrations with a loan. Nothing else ever stops.
contract PauseNewLoansTest is Requests {
    function test_RegistrationsWithALoanAreRefusedUntilItEnds() public {
        vm.assertFalse(accountant.newLoansPaused(), "taken at first");
        vm.expectEmit(address(accountant));
        emit IOwnerFunds.NewLoansPauseChanged(true);
        _pause(true);
        vm.assertTrue(accountant.newLoansPaused(), "paused");
        IRegistry.RegisterIdentity memory message = _registration(consumer, 200);
        _fundPredicted(message, 0);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.expectRevert(NewLoansPaused.selector);
        registry.registerIdentity(message, signature);
        vm.assertFalse(registry.isRegistered(consumer, address(accountant)), "a failure leaves nothing");

        vm.expectEmit(address(accountant));
        emit IOwnerFunds.NewLoansPauseChanged(false);
        _pause(false);
        registry.registerIdentity(message, signature);
        vm.assertEq(_balance(consumer), 200, "taken again");
    }

    /// @dev The consumer's tokens lie at the predicted address already: they must not be locked by the owner's pause.
    function test_RegistrationsWithoutALoanGoOn() public {
        _pause(true);
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        message.beneficiary = BENEFICIARY;
        _fundPredicted(message, 50);
        registry.registerIdentity(message, _signed(CONSUMER_KEY, message));
        vm.assertEq(accountant.channel(consumer).beneficiary, BENEFICIARY, "with a beneficiary");
        _openConsumerChannel(STRANGER_KEY, 50);
    }

    function test_MoneyMovesOn() public {
        _addFree(1000);
        _pause(true);
        _lend(provider, 100);
        vm.assertEq(_settle(provider, 600), 600, "settlements");
        accountant.returnLoan(provider, _loanReturn(100));
        accountant.rebalanceChannel(provider);
        vm.assertEq(token.balanceOf(provider), 700, "loans back");
    }

    function _pause(bool paused) private {
        vm.prank(owner);
        accountant.pauseNewLoans(paused);
    }
}
