// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccountantClosing, NotClosing, NothingPayable, NoticeRunning} from "../src/Errors.sol";
import {IOwnerFunds} from "../src/interfaces/accountant/IOwnerFunds.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Requests} from "./base/Requests.sol";

/// @dev An accountant closes for ever, and its owner gets the stake back as far as it is not owed.
contract ClosingTest is Requests {
    uint256 private start;

    function setUp() public override {
        super.setUp();
        start = block.timestamp;
    }

    function test_TheStakeComesBackAfterTheNotice() public {
        vm.assertEq(accountant.closingSince(), 0, "open");
        vm.expectEmit(address(accountant));
        emit IOwnerFunds.ClosingStarted(start + NOTICE);
        _close();
        vm.assertEq(accountant.closingSince(), start, "closing");
        vm.warp(start + NOTICE - 1);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + NOTICE));
        _returnStake();
        vm.warp(start + NOTICE);
        vm.expectEmit(address(accountant));
        emit IOwnerFunds.StakeReturned(owner, STAKE, 0);
        vm.assertEq(_returnStake(), STAKE, "paid");
        vm.assertEq(token.balanceOf(owner), STAKE, "received");
        vm.assertEq(accountant.stake(), 0, "S");
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 0));
        _returnStake();
    }

    function test_ItDoesNotLapse() public {
        _close();
        vm.warp(start + 3650 days);
        vm.assertEq(_returnStake(), STAKE, "ten years later");
    }

    function test_IsForEver() public {
        _close();
        vm.expectRevert(AccountantClosing.selector);
        _close();
        vm.assertEq(accountant.closingSince(), start, "the first time counts");
    }

    function test_WithoutClosingTheStakeStays() public {
        vm.warp(start + 3650 days);
        vm.expectRevert(NotClosing.selector);
        _returnStake();
    }

    function test_WhatIsOwedToLoansStays() public {
        _lend(provider, 300);
        _drainTo(0);
        _settle(provider, 200);
        _addFree(STAKE);
        _close();
        vm.warp(start + NOTICE);
        vm.assertEq(_returnStake(), STAKE - 200, "T - V");
        vm.assertEq(accountant.stake(), 200, "the rest of S");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.reservedFunds(), "T = V");
        accountant.rebalanceChannel(provider);
        vm.assertEq(_balance(provider), 300, "the loan is whole");

        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 200));
        _returnStake();
        _addFree(50);
        vm.expectEmit(address(accountant));
        emit IOwnerFunds.StakeReturned(owner, 50, 150);
        vm.assertEq(_returnStake(), 50, "again when more came in");
    }

    function test_GuaranteesAboveLoansStayToo() public {
        _addFree(400);
        vm.prank(operator);
        accountant.lockFunds(provider, 400);
        _close();
        vm.warp(start + NOTICE);
        vm.assertEq(_returnStake(), STAKE, "the stake");
        vm.assertEq(token.balanceOf(address(accountant)), 400, "and no more");
    }

    function test_ReturnedStakeIsFreeNoMore() public {
        _addFree(700);
        _close();
        vm.warp(start + NOTICE);
        _returnStake();
        vm.assertEq(accountant.withdrawable(), 700, "what was nobody's still is");
        vm.assertEq(_settle(provider, 700), 700, "and pays providers");
    }

    function test_NoNewLoansWhileClosing() public {
        _addFree(100_000);
        _close();
        IRegistry.RegisterIdentity memory message = _registration(consumer, 200);
        _fundPredicted(message, 0);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.expectRevert(AccountantClosing.selector);
        registry.registerIdentity(message, signature);
    }

    function test_EverythingElseGoesOn() public {
        _addFree(1000);
        _lend(provider, 100);
        _close();
        vm.warp(start + NOTICE);
        _returnStake();
        _openConsumerChannel(CONSUMER_KEY, 50);
        _lend(provider, 100);
        vm.prank(operator);
        accountant.lockFunds(provider, 10);
        vm.assertEq(_settle(provider, 500), 500, "settlements");
        accountant.returnLoan(provider, _loanReturn(200));
        vm.assertEq(token.balanceOf(provider), 700, "loans");
    }

    function _close() private {
        vm.prank(owner);
        accountant.close();
    }

    function _returnStake() private returns (uint256) {
        vm.prank(owner);
        return accountant.returnStake();
    }
}
