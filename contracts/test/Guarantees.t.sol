// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {
    AmountOutOfRange,
    InsufficientFunds,
    NothingPayable,
    NothingRequested,
    NoticeRunning,
    RequestLapsed,
    ZeroAddress
} from "../src/Errors.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {IGuarantees} from "../src/interfaces/accountant/IGuarantees.sol";
import {Requests} from "./base/Requests.sol";

/// @dev Balances above loans: locked at once, released after a notice.
contract GuaranteesTest is Requests {
    uint256 private start;

    function setUp() public override {
        super.setUp();
        _lend(provider, 100);
        _addFree(1000);
        start = block.timestamp;
    }

    function test_ALockRaisesTheBalanceAboveTheLoan() public {
        vm.expectEmit(address(accountant));
        emit IGuarantees.FundsLocked(provider, 400, 300);
        _lock(300);
        _booksAre(400, 400);
        vm.assertEq(accountant.channel(provider).loan, 100, "the loan stays");
        vm.assertEq(accountant.withdrawable(), 700, "taken from what is nobody's");
        _lock(700);
        _booksAre(1100, 1100);
        vm.assertEq(token.balanceOf(address(accountant)), 1100 + STAKE, "T = V + S");
    }

    function test_ALockTakesWithdrawableTokensOnly() public {
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, 1001, 1000));
        _lock(1001);
        _lock(1000);
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, 1, 0));
        _lock(1);
    }

    function test_ALockRefillsFirst() public {
        _drainTo(0);
        _settle(provider, 100);
        _addFree(STAKE + 100 + 30);
        vm.expectEmit(address(accountant));
        emit IChannelBook.ChannelRebalanced(provider, 100, 100);
        vm.expectEmit(address(accountant));
        emit IGuarantees.FundsLocked(provider, 130, 30);
        _lock(30);
        vm.assertEq(_balance(provider), 130, "balance");
        vm.assertEq(accountant.withdrawable(), 0, "all of it");
    }

    function test_WhatIsOwedToAnEmptyLoanIsNotLocked() public {
        _lend(stranger, 200);
        _drainTo(0);
        _settle(stranger, 200);
        _settle(provider, 100);
        // Stake and both loans are owed; one short of a token that is nobody's.
        _addFree(STAKE + 300);
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, 1, 0));
        _lock(1);
    }

    function test_ALockedBalancePaysItsProviderOnlyAndIsNotRefilled() public {
        _lock(1000);
        bytes memory signature = _providerPromise(stranger, 1);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 1));
        accountant.settlePromise(stranger, 1, LOCK, signature);

        _settle(provider, 1050);
        _booksAre(100, 100);
        vm.assertEq(token.balanceOf(provider), 1050, "paid out of the guarantee");
    }

    function test_ALockNeedsAProviderAndAnAmount() public {
        vm.expectRevert(ZeroAddress.selector);
        vm.prank(operator);
        accountant.lockFunds(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        _lock(0);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        _lock(MAX_AMOUNT + 1);
    }

    function test_AReleaseIsAnnouncedAndHappensAfterTheNotice() public {
        _lock(300);
        vm.expectEmit(address(accountant));
        emit IGuarantees.ReleaseRequested(provider, 200, start + NOTICE, start + NOTICE + LAPSE);
        _request(200);
        _requestIs(200, start);
        _booksAre(400, 400);

        vm.warp(start + NOTICE - 1);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + NOTICE));
        _finalize();
        vm.warp(start + NOTICE);
        vm.expectEmit(address(accountant));
        emit IGuarantees.FundsReleased(provider, 200, 200);
        vm.assertEq(_finalize(), 200, "released");
        _booksAre(200, 200);
        vm.assertEq(accountant.withdrawable(), 900, "nobody's again");
        _requestIs(0, 0);
    }

    function test_AReleaseLapsesAfterTheLastSecond() public {
        _lock(300);
        _request(200);
        vm.warp(start + NOTICE + LAPSE + 1);
        vm.expectRevert(abi.encodeWithSelector(RequestLapsed.selector, start + NOTICE + LAPSE));
        _finalize();
        _requestIs(200, start);
        vm.warp(start + NOTICE + LAPSE);
        vm.assertEq(_finalize(), 200, "the last second counts");
    }

    function test_AReleaseHappensOnce() public {
        _lock(300);
        _request(100);
        vm.warp(start + NOTICE);
        _finalize();
        vm.expectRevert(NothingRequested.selector);
        _finalize();
    }

    function test_NoReleaseWithoutARequest() public {
        vm.expectRevert(NothingRequested.selector);
        _finalize();
        _requestIs(0, 0);
    }

    function test_AReleaseIsOfWhatLiesAboveTheLoan() public {
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, 1, 0));
        _request(1);
        _lock(300);
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, 301, 300));
        _request(301);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        _request(0);
        _request(300);
        vm.warp(start + NOTICE);
        _finalize();
        _booksAre(100, 100);
    }

    function test_AnEmptyLoanHasNothingToRelease() public {
        _drainTo(0);
        _settle(provider, 100);
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, 1, 0));
        _request(1);
    }

    function test_AReleaseNeverGoesBelowTheLoan() public {
        _lock(1000);
        _request(1000);
        _settle(provider, 600);
        vm.warp(start + NOTICE);
        vm.assertEq(_finalize(), 400, "what is left above the loan");
        _booksAre(100, 100);
    }

    function test_ALoanMadeSinceIsNotReleased() public {
        _lock(300);
        _request(300);
        _lend(provider, 50);
        vm.warp(start + NOTICE);
        vm.assertEq(_finalize(), 300, "the guarantee");
        _booksAre(150, 150);
    }

    function test_WithNothingLeftToReleaseTheRequestStays() public {
        _lock(1000);
        _request(1000);
        _settle(provider, 1000);
        vm.warp(start + NOTICE);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 1000));
        _finalize();
        _requestIs(1000, start);
    }

    function test_ANewRequestReplacesTheOldOneAndStartsAgain() public {
        _lock(300);
        _request(300);
        vm.warp(start + NOTICE);
        _request(100);
        _requestIs(100, start + NOTICE);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + 2 * NOTICE));
        _finalize();
        vm.warp(start + 2 * NOTICE);
        vm.assertEq(_finalize(), 100, "the new amount");
    }

    function test_EveryLaterLockCancelsTheRequest() public {
        _lock(300);
        _request(300);
        vm.warp(start + NOTICE);
        vm.expectEmit(address(accountant));
        emit IGuarantees.ReleaseCancelled(provider);
        _lock(1);
        _requestIs(0, 0);
        vm.expectRevert(NothingRequested.selector);
        _finalize();
        vm.recordLogs();
        _lock(1);
        vm.assertEq(vm.getRecordedLogs().length, 1, "nothing to cancel, nothing is said");
    }

    function test_AnotherChannelsRequestStays() public {
        _lock(300);
        _request(300);
        vm.prank(operator);
        accountant.lockFunds(stranger, 10);
        _requestIs(300, start);
    }

    function testFuzz_NeverBelowTheLoanNorMoreThanRequested(uint64 locked, uint64 requested, uint64 owed) public {
        _addFree(type(uint64).max);
        uint256 lock = _bound(locked, 1, type(uint64).max);
        uint256 request = _bound(requested, 1, lock);
        _lock(lock);
        _request(request);
        uint256 free = accountant.withdrawable();
        if (owed != 0) _settle(provider, owed);
        uint256 drawn = owed > free ? owed - free : 0;
        uint256 left = drawn > lock ? 0 : lock - drawn;
        vm.warp(start + NOTICE);
        if (left == 0) {
            vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, request));
            _finalize();
            return;
        }
        uint256 expected = _min(request, left);
        vm.assertEq(_finalize(), expected, "min(requested, above the loan)");
        _booksAre(100 + left - expected, 100 + left - expected);
    }

    function _lock(uint256 amount) private {
        vm.prank(operator);
        accountant.lockFunds(provider, amount);
    }

    function _request(uint256 amount) private {
        vm.prank(operator);
        accountant.requestRelease(provider, amount);
    }

    function _finalize() private returns (uint256) {
        vm.prank(operator);
        return accountant.finalizeRelease(provider);
    }

    function _booksAre(uint256 balance, uint256 reserved) private view {
        vm.assertEq(_balance(provider), balance, "balance");
        vm.assertEq(accountant.lockedFunds(), balance, "L");
        vm.assertEq(accountant.reservedFunds(), reserved, "V");
    }

    function _requestIs(uint256 expected, uint256 requestedAt) private view {
        (uint256 amount, uint256 finalizableAt, uint256 lapsesAt) = accountant.releaseRequest(provider);
        vm.assertEq(amount, expected, "amount");
        vm.assertEq(finalizableAt, requestedAt == 0 ? 0 : requestedAt + NOTICE, "from");
        vm.assertEq(lapsesAt, requestedAt == 0 ? 0 : requestedAt + NOTICE + LAPSE, "until");
    }
}
