// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AlreadySettled, DeadlinePassed, InvalidSigner} from "../src/Errors.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ICollections} from "../src/interfaces/accountant/ICollections.sol";
import {ILoans} from "../src/interfaces/accountant/ILoans.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {Requests} from "./base/Requests.sol";

/// @dev Every step of a recovery: there, absent, or done before by somebody else.
contract RecoverTest is Requests {
    uint256 private constant DEPOSIT = 1000;

    ConsumerChannel private channel;

    function setUp() public override {
        super.setUp();
        channel = _openConsumerChannel(CONSUMER_KEY, DEPOSIT);
        _lend(provider, 100);
    }

    function test_CollectsSettlesAndReturnsTheLoan() public {
        vm.prank(stranger);
        (uint256 paid, uint256 returned) =
            accountant.recover(_promises(500), _settlement(provider, 500), _loanReturn(100));
        vm.assertEq(paid, 500, "paid");
        vm.assertEq(returned, 100, "returned");
        vm.assertEq(token.balanceOf(provider), 600, "received");
        vm.assertEq(token.balanceOf(stranger), 0, "whoever sends");
        vm.assertEq(channel.settled(), 500, "collected");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE, "the stake is untouched");
        vm.assertEq(accountant.lockedFunds() + accountant.reservedFunds(), 0, "nothing is owed");
    }

    /// @dev What came in by this call pays this provider, though loans and stake of a drained accountant would swallow it otherwise.
    function test_TheCollectedMoneyPaysFirst() public {
        _drainTo(0);
        _settle(provider, 100);
        accountant.collect(_promises(200));
        vm.assertEq(accountant.withdrawable(), 0, "swallowed: it was collected alone");
        (uint256 paid,) = accountant.recover(_promises(500), _settlement(provider, 400), _noLoanReturn());
        vm.assertEq(paid, 300, "what this call collected");
        vm.assertEq(token.balanceOf(provider), 400, "all that was promised");
    }

    function test_ThenWithdrawableTokensThenTheBalance() public {
        _addFree(STAKE);
        _lend(stranger, 50);
        (uint256 paid,) = accountant.recover(_promises(300), _settlement(provider, 10_000), _noLoanReturn());
        vm.assertEq(paid, STAKE + 300 + 100, "withdrawable, the collected tokens among it, and the balance");
        vm.assertEq(_balance(provider), 100, "refilled out of the stake");
        vm.assertEq(_balance(stranger), 50, "another's balance");
    }

    function test_RefillsBeforeTheLoanReturns() public {
        _drainTo(0);
        _settle(provider, 100);
        (uint256 paid, uint256 returned) =
            accountant.recover(_promises(170), _settlement(provider, 200), _loanReturn(100));
        vm.assertEq(paid, 100, "owed");
        vm.assertEq(returned, 70, "as far as the rest refilled the balance");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T = L");
    }

    function test_RefillsAlone() public {
        _drainTo(0);
        _settle(provider, 100);
        ICollections.Collection[] memory promises = _promises(60);
        vm.expectEmit(address(accountant));
        emit IChannelBook.ChannelRebalanced(provider, 60, 60);
        (uint256 paid, uint256 returned) = accountant.recover(promises, _noSettlement(provider), _noLoanReturn());
        vm.assertEq(paid + returned, 0, "nothing left");
        vm.assertEq(_balance(provider), 60, "refilled");
    }

    function test_EveryStepMayBeAbsent() public {
        uint256 before = vm.snapshotState();
        for (uint256 steps = 0; steps < 8; ++steps) {
            bool collects = steps & 1 != 0;
            bool settles = steps & 2 != 0;
            bool returns_ = steps & 4 != 0;
            (uint256 paid, uint256 returned) = accountant.recover(
                collects ? _promises(500) : new ICollections.Collection[](0),
                settles ? _settlement(provider, 500) : _noSettlement(provider),
                returns_ ? _loanReturn(100) : _noLoanReturn()
            );
            // Without a collection the balance pays, which the stake refills.
            vm.assertEq(paid, !settles ? 0 : collects ? 500 : 100, "paid");
            vm.assertEq(returned, returns_ ? 100 : 0, "returned");
            vm.assertEq(channel.settled(), collects ? 500 : 0, "collected");
            vm.revertToState(before);
        }
    }

    /// @dev Anybody may send any step first, in the same block; what is left goes on.
    function test_EveryStepMayHaveBeenDoneByAFrontRunner() public {
        (ISettlements.Settlement memory settlement, ILoans.LoanReturn memory loanReturn) =
            (_settlement(provider, 80), _loanReturn(100));
        uint256 before = vm.snapshotState();
        for (uint256 steps = 0; steps < 8; ++steps) {
            if (steps & 1 != 0) accountant.collect(_promises(500));
            if (steps & 2 != 0) accountant.settlePromise(provider, 80, LOCK, settlement.signature);
            if (steps & 4 != 0) accountant.returnLoan(provider, loanReturn);
            accountant.recover(_promises(500), settlement, loanReturn);
            vm.assertEq(token.balanceOf(provider), 180, "everything, once");
            vm.assertEq(channel.settled(), 500, "collected");
            vm.assertEq(accountant.lockedFunds() + accountant.reservedFunds(), 0, "nothing is owed");
            vm.revertToState(before);
        }
    }

    function test_TwiceIsNothing() public {
        ICollections.Collection[] memory promises = _promises(500);
        (ISettlements.Settlement memory settlement, ILoans.LoanReturn memory loanReturn) =
            (_settlement(provider, 500), _loanReturn(100));
        accountant.recover(promises, settlement, loanReturn);
        vm.expectEmit(address(accountant));
        emit IChannelBook.RowFailed(0, address(channel), abi.encodeWithSelector(AlreadySettled.selector, 500, 500));
        (uint256 paid, uint256 returned) = accountant.recover(promises, settlement, loanReturn);
        vm.assertEq(paid + returned, 0, "nothing");
    }

    function test_WithNothingToPayWithNothingReverts() public {
        _drainTo(0);
        _settle(provider, 100);
        (uint256 paid, uint256 returned) =
            accountant.recover(new ICollections.Collection[](0), _settlement(provider, 500), _loanReturn(100));
        vm.assertEq(paid + returned, 0, "nothing");
        vm.assertEq(accountant.channel(provider).loan, 100, "still owed");
    }

    function test_ABadPromiseFailsAlone() public {
        ICollections.Collection[] memory promises = new ICollections.Collection[](2);
        promises[0] = _collection(CONSUMER_KEY, 500);
        promises[0].signature = _consumerPromise(STRANGER_KEY, address(channel), 500);
        promises[1] = _collection(CONSUMER_KEY, 400);
        bytes memory reason = abi.encodeWithSelector(InvalidSigner.selector, vm.addr(STRANGER_KEY));
        vm.expectEmit(address(accountant));
        emit IChannelBook.RowFailed(0, address(channel), reason);
        (uint256 paid,) = accountant.recover(promises, _settlement(provider, 400), _noLoanReturn());
        vm.assertEq(paid, 400, "by the good one");
    }

    /// @dev The money of a consumer who paid somebody else counts as well: its promise was handed in and credited.
    function test_PromisesOfAnyConsumerMayPay() public {
        ConsumerChannel other = _openConsumerChannel(STRANGER_KEY, 300);
        ICollections.Collection[] memory promises = new ICollections.Collection[](2);
        promises[0] = _collection(CONSUMER_KEY, 200);
        promises[1] = _collection(STRANGER_KEY, 300);
        _drainTo(0);
        (uint256 paid,) = accountant.recover(promises, _settlement(provider, 600), _noLoanReturn());
        vm.assertEq(paid, 600, "both, and the balance");
        vm.assertEq(other.settled(), 300, "the other one");
    }

    function test_TheFeeGoesToTheTransactionMaker() public {
        ISettlements.Settlement memory settlement = _settlement(provider, 500);
        settlement.fee = _fee(30, 500);
        ICollections.Collection[] memory promises = _promises(500);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, provider, 500, 500, 30, 500, LOCK);
        vm.prank(stranger);
        accountant.recover(promises, settlement, _loanReturn(100));
        vm.assertEq(token.balanceOf(transactionMaker), 30, "fee");
        vm.assertEq(token.balanceOf(provider), 570, "the rest and the loan");
        vm.assertEq(accountant.channel(provider).feesPaid, 30, "fees paid");
    }

    function test_GoesToTheBeneficiary() public {
        _setBeneficiary(BENEFICIARY);
        accountant.recover(_promises(500), _settlement(provider, 500), _loanReturn(100));
        vm.assertEq(token.balanceOf(BENEFICIARY), 600, "all of it");
    }

    function test_WhatStillMattersMustBeRight() public {
        ICollections.Collection[] memory promises = _promises(500);
        ISettlements.Settlement memory settlement = _settlement(provider, 500);
        settlement.amount = 501;
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.recover(promises, settlement, _noLoanReturn());

        settlement = _settlement(provider, 500);
        settlement.fee = _fee(30, 0);
        settlement.fee.totalFee = 29;
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.recover(promises, settlement, _noLoanReturn());

        ILoans.LoanReturn memory loanReturn = _loanReturn(100);
        loanReturn.totalReturned = 99;
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.recover(promises, _settlement(provider, 500), loanReturn);

        loanReturn = _loanReturn(100);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(DeadlinePassed.selector, loanReturn.deadline));
        accountant.recover(promises, _settlement(provider, 500), loanReturn);
        vm.assertEq(channel.settled(), 0, "all or nothing");
    }

    function test_AtAnyStatus() public {
        _addFree(1000);
        vm.prank(owner);
        accountant.pauseNewLoans(true);
        vm.prank(owner);
        accountant.requestWithdrawal(MAX_AMOUNT);
        vm.prank(owner);
        accountant.close();
        vm.warp(block.timestamp + NOTICE);
        vm.prank(owner);
        accountant.withdraw();
        vm.prank(owner);
        accountant.returnStake();
        vm.assertEq(token.balanceOf(address(accountant)), 100, "all but the loan is gone");
        (uint256 paid, uint256 returned) =
            accountant.recover(_promises(500), _settlement(provider, 500), _loanReturn(100));
        vm.assertEq(paid + returned, 600, "all of it");
    }

    function test_OutOfADrainedAccountant() public {
        _drainTo(0);
        (uint256 paid, uint256 returned) =
            accountant.recover(_promises(500), _settlement(provider, 500), _loanReturn(100));
        vm.assertEq(paid, 500, "collected");
        vm.assertEq(returned, 100, "the balance was its own");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T = L");
    }

    function _promises(uint256 amount) private view returns (ICollections.Collection[] memory promises) {
        promises = new ICollections.Collection[](1);
        promises[0] = _collection(CONSUMER_KEY, amount);
    }
}
