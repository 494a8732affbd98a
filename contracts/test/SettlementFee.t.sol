// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOutOfRange, DeadlinePassed, InvalidSigner, NoTransactionMaker} from "../src/Errors.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {Network} from "./base/Network.sol";

contract SettlementFeeTest is Network {
    function setUp() public override {
        super.setUp();
        _addFree(1000);
    }

    function test_GoesToTheNamedTransactionMakerWhoeverSends() public {
        ISettlements.SettlementFee memory fee = _fee(10, 0);
        bytes memory signature = _providerPromise(provider, 100);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, provider, 100, 100, 10, 100, LOCK);
        vm.prank(stranger);
        uint256 paid = accountant.settlePromiseWithFee(provider, 100, LOCK, signature, fee);
        vm.assertEq(paid, 100, "paid, the fee included");
        vm.assertEq(token.balanceOf(transactionMaker), 10, "fee");
        vm.assertEq(token.balanceOf(provider), 90, "the rest");
        vm.assertEq(token.balanceOf(stranger), 0, "nothing for the sender");
        vm.assertEq(accountant.channel(provider).feesPaid, 10, "fees paid");
    }

    function test_IsCumulativeAndPaidOnce() public {
        _settleWithFee(100, _fee(10, 0));
        _settleWithFee(200, _fee(10, 0));
        vm.assertEq(token.balanceOf(transactionMaker), 10, "the same total again is nothing");
        _settleWithFee(300, _fee(25, 0));
        vm.assertEq(token.balanceOf(transactionMaker), 25, "the difference");
        _settleWithFee(400, _fee(5, 0));
        vm.assertEq(token.balanceOf(transactionMaker), 25, "a lower total is nothing");
        vm.assertEq(token.balanceOf(provider), 375, "all that was not fee");
    }

    function test_IsNeverMoreThanThePayment() public {
        ISettlements.SettlementFee memory fee = _fee(500, 0);
        _settleWithFee(100, fee);
        vm.assertEq(token.balanceOf(transactionMaker), 100, "all of it");
        vm.assertEq(token.balanceOf(provider), 0, "nothing left");
        _settleWithFee(1000, fee);
        vm.assertEq(token.balanceOf(transactionMaker), 500, "the rest of the signed total");
        vm.assertEq(token.balanceOf(provider), 500, "received");
    }

    function test_IsNothingUnlessEnoughIsSettled() public {
        _settleWithFee(99, _fee(10, 100));
        vm.assertEq(token.balanceOf(transactionMaker), 0, "99 of 100");
        vm.assertEq(token.balanceOf(provider), 99, "the payment itself goes on");
        _settleWithFee(100, _fee(10, 100));
        vm.assertEq(token.balanceOf(transactionMaker), 1, "min(fee, payment)");
    }

    function test_APartialPaymentBelowTheMinimumPaysNoFee() public {
        _settleWithFee(2000, _fee(10, 1500));
        vm.assertEq(_settled(provider), 1000, "partly");
        vm.assertEq(token.balanceOf(transactionMaker), 0, "below the minimum");
        _addFree(1000);
        _settleWithFee(2000, _fee(10, 1500));
        vm.assertEq(token.balanceOf(transactionMaker), 10, "above it");
    }

    function test_HoldsUntilItsDeadlineInclusive() public {
        ISettlements.SettlementFee memory fee = _fee(10, 0);
        vm.warp(fee.deadline + 1);
        _refuses(fee, abi.encodeWithSelector(DeadlinePassed.selector, fee.deadline));
        vm.warp(fee.deadline);
        _settleWithFee(100, fee);
    }

    function test_EveryFieldIsSigned() public {
        for (uint256 field = 0; field < 4; ++field) {
            ISettlements.SettlementFee memory fee = _fee(10, 50);
            if (field == 0) fee.totalFee += 1;
            if (field == 1) fee.transactionMaker = stranger;
            if (field == 2) fee.minSettled -= 1;
            if (field == 3) fee.deadline += 1;
            bytes memory signature = _providerPromise(provider, 100);
            vm.expectPartialRevert(InvalidSigner.selector);
            accountant.settlePromiseWithFee(provider, 100, LOCK, signature, fee);
        }
    }

    function test_OnlyTheProviderSignsIt() public {
        ISettlements.SettlementFee memory fee = _fee(10, 0);
        fee.signature = _sign(OPERATOR_KEY, _settlementFeeDigest(address(accountant), provider, fee));
        _refuses(fee, abi.encodeWithSelector(InvalidSigner.selector, operator));
    }

    function test_HoldsInOneChannel() public {
        ISettlements.SettlementFee memory fee = _fee(10, 0);
        address other = vm.addr(STRANGER_KEY);
        bytes memory signature = _providerPromise(other, 100);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.settlePromiseWithFee(other, 100, LOCK, signature, fee);
    }

    function test_RefusesAFeeForNobodyAndFeesOutOfRange() public {
        ISettlements.SettlementFee memory fee = _fee(10, 0);
        fee.transactionMaker = address(0);
        _refuses(fee, abi.encodeWithSelector(NoTransactionMaker.selector));
        _refuses(_fee(0, 0), abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        _refuses(_fee(MAX_AMOUNT + 1, 0), abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
    }

    function testFuzz_FeesNeverExceedTheHighestSignedTotal(uint64[5] memory amounts, uint64[5] memory totals) public {
        _addFree(type(uint128).max - 10_000);
        uint256 highest;
        uint256 feesPaid;
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint256 total = _bound(totals[i], 1, type(uint64).max);
            uint256 amount = _settled(provider) + _bound(amounts[i], 1, type(uint64).max);
            uint256 due = total > feesPaid ? total - feesPaid : 0;
            uint256 expected = due < amount - _settled(provider) ? due : amount - _settled(provider);
            _settleWithFee(amount, _fee(total, 0));
            feesPaid += expected;
            if (total > highest) highest = total;
            vm.assertEq(accountant.channel(provider).feesPaid, feesPaid, "min(max(0, total - paid before), payment)");
            vm.assertEq(token.balanceOf(transactionMaker), feesPaid, "received");
            vm.assertEq(token.balanceOf(provider), amount - feesPaid, "the rest");
            vm.assertLe(feesPaid, highest, "above the highest signed total");
        }
    }

    function _refuses(ISettlements.SettlementFee memory fee, bytes memory reason) private {
        bytes memory signature = _providerPromise(provider, 100);
        vm.expectRevert(reason);
        accountant.settlePromiseWithFee(provider, 100, LOCK, signature, fee);
    }
}
