// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOutOfRange, NothingPayable, NothingRequested, NoticeRunning, RequestLapsed} from "../src/Errors.sol";
import {IOwnerFunds} from "../src/interfaces/accountant/IOwnerFunds.sol";
import {Requests} from "./base/Requests.sol";

contract WithdrawTest is Requests {
    uint256 private start;

    function setUp() public override {
        super.setUp();
        _addFree(1000);
        start = block.timestamp;
    }

    function test_IsAnnouncedAndPaidAfterTheNotice() public {
        vm.expectEmit(address(accountant));
        emit IOwnerFunds.WithdrawalRequested(600, start + NOTICE, start + NOTICE + LAPSE);
        _request(600);
        _requestIs(600, start);
        vm.assertEq(accountant.withdrawable(), 1000, "nothing is set aside");

        vm.warp(start + NOTICE - 1);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + NOTICE));
        _withdraw();
        vm.warp(start + NOTICE);
        vm.expectEmit(address(accountant));
        emit IOwnerFunds.Withdrawn(owner, 600, 600);
        vm.assertEq(_withdraw(), 600, "paid");
        vm.assertEq(token.balanceOf(owner), 600, "received");
        vm.assertEq(accountant.stake(), STAKE, "the stake stays");
        _requestIs(0, 0);
    }

    function test_LapsesAfterTheLastSecond() public {
        _request(600);
        vm.warp(start + NOTICE + LAPSE + 1);
        vm.expectRevert(abi.encodeWithSelector(RequestLapsed.selector, start + NOTICE + LAPSE));
        _withdraw();
        vm.warp(start + NOTICE + LAPSE);
        vm.assertEq(_withdraw(), 600, "the last second counts");
    }

    function test_HappensOnce() public {
        _request(100);
        vm.warp(start + NOTICE);
        _withdraw();
        vm.expectRevert(NothingRequested.selector);
        _withdraw();
    }

    function test_NothingWithoutARequest() public {
        _requestIs(0, 0);
        vm.expectRevert(NothingRequested.selector);
        _withdraw();
    }

    function test_ANewRequestReplacesTheOldOneAndStartsAgain() public {
        _request(1000);
        vm.warp(start + NOTICE);
        _request(10);
        _requestIs(10, start + NOTICE);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + 2 * NOTICE));
        _withdraw();
        vm.warp(start + 2 * NOTICE);
        vm.assertEq(_withdraw(), 10, "the new amount");
    }

    function test_ProvidersSettleFromItDuringTheNotice() public {
        _request(1000);
        _settle(provider, 700);
        vm.warp(start + NOTICE);
        vm.expectEmit(address(accountant));
        emit IOwnerFunds.Withdrawn(owner, 1000, 300);
        vm.assertEq(_withdraw(), 300, "what they left");
    }

    function test_LoansAndStakeAreNotWithdrawable() public {
        _lend(provider, 100);
        _lend(stranger, 200);
        _drainTo(0);
        _settle(stranger, _settled(stranger) + 200);
        _addFree(STAKE + 200);
        _request(1);
        vm.warp(start + NOTICE);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 1));
        _withdraw();
        _requestIs(1, start);
        _addFree(1);
        vm.assertEq(_withdraw(), 1, "one above V + S");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.reservedFunds() + accountant.stake(), "T = V + S");
    }

    function test_TokensThatCameSinceCountToo() public {
        _request(5000);
        vm.warp(start + NOTICE);
        _addFree(500);
        vm.assertEq(_withdraw(), 1500, "all that is nobody's");
    }

    function test_GoesToTheOwnerOfThatMoment() public {
        _request(600);
        vm.prank(owner);
        accountant.transferOwnership(stranger);
        vm.prank(stranger);
        accountant.acceptOwnership();
        vm.warp(start + NOTICE);
        vm.prank(stranger);
        accountant.withdraw();
        vm.assertEq(token.balanceOf(stranger), 600, "the new owner");
    }

    function test_RefusesAmountsOutOfRange() public {
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        _request(0);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        _request(MAX_AMOUNT + 1);
        _request(MAX_AMOUNT);
        vm.warp(start + NOTICE);
        vm.assertEq(_withdraw(), 1000, "all there is");
    }

    function testFuzz_PaysMinOfRequestedAndNobodys(uint64 requested, uint64 loan, uint64 free, uint64 owed) public {
        if (loan != 0) _lend(provider, loan);
        _addFree(free);
        uint256 amount = _bound(requested, 1, type(uint64).max);
        _request(amount);
        if (owed != 0) _settle(provider, owed);
        uint256 held = token.balanceOf(address(accountant));
        uint256 reserved = (_balance(provider) > loan ? _balance(provider) : loan) + STAKE;
        uint256 expected = _min(amount, held > reserved ? held - reserved : 0);
        vm.warp(start + NOTICE);
        if (expected == 0) {
            vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, amount));
            _withdraw();
            return;
        }
        vm.assertEq(_withdraw(), expected, "min(requested, T - V - S)");
        vm.assertEq(token.balanceOf(address(accountant)), held - expected, "T");
    }

    function _request(uint256 amount) private {
        vm.prank(owner);
        accountant.requestWithdrawal(amount);
    }

    function _withdraw() private returns (uint256) {
        vm.prank(owner);
        return accountant.withdraw();
    }

    function _requestIs(uint256 expected, uint256 requestedAt) private view {
        (uint256 amount, uint256 finalizableAt, uint256 lapsesAt) = accountant.withdrawalRequest();
        vm.assertEq(amount, expected, "amount");
        vm.assertEq(finalizableAt, requestedAt == 0 ? 0 : requestedAt + NOTICE, "from");
        vm.assertEq(lapsesAt, requestedAt == 0 ? 0 : requestedAt + NOTICE + LAPSE, "until");
    }
}
