// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AlreadyReturned, AmountOutOfRange, DeadlinePassed, InvalidSigner, NothingPayable} from "../src/Errors.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ILoans} from "../src/interfaces/accountant/ILoans.sol";
import {Requests} from "./base/Requests.sol";

contract ReturnLoanTest is Requests {
    function setUp() public override {
        super.setUp();
        _lend(provider, 100);
    }

    function test_PaysTheProviderAndLowersLoanAndBalance() public {
        ILoans.LoanReturn memory message = _loanReturn(60);
        vm.expectEmit(address(accountant));
        emit ILoans.LoanReturned(provider, provider, 60, 60, 60, 40);
        vm.prank(stranger);
        vm.assertEq(accountant.returnLoan(provider, message), 60, "paid");
        vm.assertEq(token.balanceOf(provider), 60, "received");
        vm.assertEq(token.balanceOf(stranger), 0, "whoever sends");
        _channelIs(40, 40, 60);
        vm.assertEq(accountant.lockedFunds(), 40, "L");
        vm.assertEq(accountant.reservedFunds(), 40, "V");
        vm.assertEq(_settled(provider), 0, "no settlement");
        vm.assertEq(accountant.channel(provider).nonce, 0, "no turn");
    }

    function test_IsCumulative() public {
        _return(60);
        vm.assertEq(_return(70), 10, "the difference");
        ILoans.LoanReturn memory again = _loanReturn(70);
        vm.expectRevert(abi.encodeWithSelector(AlreadyReturned.selector, 70, 70));
        accountant.returnLoan(provider, again);
        again = _loanReturn(69);
        vm.expectRevert(abi.encodeWithSelector(AlreadyReturned.selector, 69, 70));
        accountant.returnLoan(provider, again);
        vm.assertEq(_return(100), 30, "the rest");
        _channelIs(0, 0, 100);
    }

    function test_NothingIsAlreadyReturned() public {
        ILoans.LoanReturn memory none = _loanReturn(0);
        vm.expectRevert(abi.encodeWithSelector(AlreadyReturned.selector, 0, 0));
        accountant.returnLoan(provider, none);
    }

    function test_NoMoreThanTheLoanAndTheRestLater() public {
        vm.assertEq(_return(150), 100, "the loan");
        ILoans.LoanReturn memory message = _loanReturn(150);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 50));
        accountant.returnLoan(provider, message);
        _lend(provider, 80);
        vm.assertEq(accountant.returnLoan(provider, message), 50, "out of a later loan");
        _channelIs(30, 30, 150);
    }

    function test_RefillsTheBalanceFirst() public {
        _drainTo(0);
        _settle(provider, 100);
        _addFree(70);
        ILoans.LoanReturn memory message = _loanReturn(100);
        vm.expectEmit(address(accountant));
        emit IChannelBook.ChannelRebalanced(provider, 70, 70);
        vm.expectEmit(address(accountant));
        emit ILoans.LoanReturned(provider, provider, 100, 70, 70, 30);
        vm.assertEq(accountant.returnLoan(provider, message), 70, "as far as the balance goes");
        _channelIs(30, 0, 70);

        _addFree(1000);
        vm.assertEq(accountant.returnLoan(provider, message), 30, "the rest later, by the same message");
        _channelIs(0, 0, 100);
    }

    function test_WithoutTokensNothingMoves() public {
        _drainTo(0);
        _settle(provider, 100);
        ILoans.LoanReturn memory message = _loanReturn(100);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 100));
        accountant.returnLoan(provider, message);
        _channelIs(100, 0, 0);
    }

    function test_AGuaranteeAboveTheLoanStays() public {
        _addFree(500);
        vm.prank(operator);
        accountant.lockFunds(provider, 300);
        vm.assertEq(_return(1000), 100, "the loan only");
        _channelIs(0, 300, 100);
        vm.assertEq(accountant.lockedFunds(), 300, "L");
        vm.assertEq(accountant.reservedFunds(), 300, "V");
    }

    function test_GoesToTheBeneficiary() public {
        _setBeneficiary(BENEFICIARY);
        _return(60);
        vm.assertEq(token.balanceOf(BENEFICIARY), 60, "beneficiary");
        vm.assertEq(token.balanceOf(provider), 0, "not the provider");
    }

    function test_IsNeverBlocked() public {
        vm.prank(owner);
        accountant.pauseNewLoans(true);
        vm.prank(owner);
        accountant.close();
        _addFree(1000);
        vm.prank(owner);
        accountant.requestWithdrawal(1000);
        vm.assertEq(_return(60), 60, "paused, closing, with a withdrawal announced");
        vm.warp(block.timestamp + NOTICE);
        vm.prank(owner);
        accountant.withdraw();
        vm.prank(owner);
        accountant.returnStake();
        vm.assertEq(token.balanceOf(address(accountant)), 40, "the owner took all but the loan");
        vm.assertEq(_return(100), 40, "which is still there");
    }

    function test_HoldsUntilItsDeadlineInclusive() public {
        ILoans.LoanReturn memory message = _loanReturn(60);
        vm.warp(message.deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(DeadlinePassed.selector, message.deadline));
        accountant.returnLoan(provider, message);
        vm.warp(message.deadline);
        accountant.returnLoan(provider, message);
    }

    function test_EveryFieldIsSigned() public {
        ILoans.LoanReturn memory message = _loanReturn(60);
        _lend(stranger, 100);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.returnLoan(stranger, message);
        message.totalReturned = 61;
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.returnLoan(provider, message);
        message = _loanReturn(60);
        message.deadline += 1;
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.returnLoan(provider, message);
    }

    function test_OnlyTheProviderSigns() public {
        ILoans.LoanReturn memory message = _loanReturn(60);
        message.signature = _sign(OPERATOR_KEY, _returnLoanDigest(address(accountant), provider, 60, message.deadline));
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, operator));
        accountant.returnLoan(provider, message);
    }

    function test_RefusesAmountsOutOfRange() public {
        ILoans.LoanReturn memory message = _loanReturn(MAX_AMOUNT + 1);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        accountant.returnLoan(provider, message);
        vm.assertEq(_return(MAX_AMOUNT), 100, "the largest total");
    }

    /// @dev Any order of returns, loans and settlements: never more than signed, never more than lent, T >= L.
    function testFuzz_NeverMoreThanSignedOrLent(uint64[6] memory totals, uint32[6] memory loans, uint32[6] memory owed)
        public
    {
        (uint256 lent, uint256 highest, uint256 returned) = (100, 0, 0);
        for (uint256 i = 0; i < totals.length; ++i) {
            if (loans[i] != 0) _lend(provider, loans[i]);
            lent += loans[i];
            if (owed[i] != 0 && accountant.withdrawable() + _balance(provider) != 0) {
                _settle(provider, _settled(provider) + owed[i]);
            }
            uint256 total = _bound(totals[i], 1, lent + 100);
            if (total > highest) highest = total;
            (uint256 balance, uint256 loan) = (_balance(provider), accountant.channel(provider).loan);
            uint256 free = token.balanceOf(address(accountant)) - accountant.lockedFunds();
            uint256 refilled = balance < loan ? _min(loan, balance + free) : balance;
            uint256 expected = total <= returned ? 0 : _min(total - returned, _min(loan, refilled));
            ILoans.LoanReturn memory message = _loanReturn(total);
            try accountant.returnLoan(provider, message) returns (uint256 paid) {
                vm.assertEq(paid, expected, "min(total - returned, loan, balance)");
                returned += paid;
            } catch {
                vm.assertEq(expected, 0, "refused without a reason");
            }
            vm.assertLe(returned, highest, "above the highest signed total");
            vm.assertEq(accountant.channel(provider).returned, returned, "returned");
            vm.assertEq(accountant.channel(provider).loan, lent - returned, "loan");
            vm.assertGe(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T >= L");
        }
    }

    function _return(uint256 total) private returns (uint256) {
        return accountant.returnLoan(provider, _loanReturn(total));
    }

    function _channelIs(uint256 loan, uint256 balance, uint256 returned) private view {
        vm.assertEq(accountant.channel(provider).loan, loan, "loan");
        vm.assertEq(_balance(provider), balance, "balance");
        vm.assertEq(accountant.channel(provider).returned, returned, "returned");
    }
}
