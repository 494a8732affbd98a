// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AlreadySettled, AmountOutOfRange, InvalidSigner, NothingPayable} from "../src/Errors.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Network} from "./base/Network.sol";

contract ProviderSettleTest is Network {
    function test_EveryAddressHasAChannel() public {
        _addFree(100);
        bytes memory signature = _providerPromise(provider, 60);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, provider, 60, 60, 0, 60, LOCK);
        vm.prank(stranger);
        uint256 paid = accountant.settlePromise(provider, 60, LOCK, signature);
        vm.assertEq(paid, 60, "paid");
        vm.assertEq(token.balanceOf(provider), 60, "the provider is its own beneficiary");
        vm.assertEq(_settled(provider), 60, "settled");
        vm.assertEq(accountant.withdrawable(), 40, "less is free");
        vm.assertEq(accountant.lockedFunds(), 0, "nothing was locked");
    }

    function test_ThePaymentGoesToTheBeneficiary() public {
        IRegistry.RegisterIdentity memory message = _registration(provider, 0);
        message.beneficiary = address(0xBE);
        _fundPredicted(message, 0);
        registry.registerIdentity(message, _signed(PROVIDER_KEY, message));
        _addFree(100);
        bytes memory signature = _providerPromise(provider, 60);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, address(0xBE), 60, 60, 0, 60, LOCK);
        accountant.settlePromise(provider, 60, LOCK, signature);
        vm.assertEq(token.balanceOf(address(0xBE)), 60, "beneficiary");
        vm.assertEq(token.balanceOf(provider), 0, "not the provider");
    }

    function test_FreeTokensFirst() public {
        _lend(provider, 100);
        _addFree(80);
        _settle(provider, 80);
        vm.assertEq(_balance(provider), 100, "the balance is untouched");
        vm.assertEq(accountant.withdrawable(), 0, "free tokens are used up");
    }

    function test_ThenTheBalanceWhichTheStakeRefills() public {
        _lend(provider, 100);
        _addFree(80);
        bytes memory signature = _providerPromise(provider, 150);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, provider, 150, 150, 0, 150, LOCK);
        vm.expectEmit(address(accountant));
        emit IChannelBook.ChannelRebalanced(provider, 100, 70);
        accountant.settlePromise(provider, 150, LOCK, signature);
        vm.assertEq(_balance(provider), 100, "up to the loan again");
        vm.assertEq(accountant.lockedFunds(), 100, "L");
        vm.assertEq(accountant.reservedFunds(), 100, "V");
        vm.assertEq(accountant.stake(), STAKE, "the stake is nominal");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 100 - 70, "its tokens are used");
    }

    function test_TheRefillEndsWhereNobodyElseIsTouched() public {
        _lend(provider, 100);
        _lend(stranger, 500);
        _drainTo(30);
        _settle(provider, 90);
        vm.assertEq(_balance(provider), 10 + 30, "what was free of others");
        vm.assertEq(_balance(stranger), 500, "another's balance");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T = L");
    }

    function test_PaysPartlyAndTheSamePromiseSettlesTheRestLater() public {
        _lend(provider, 100);
        _drainTo(0);
        bytes memory signature = _providerPromise(provider, 250);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, provider, 250, 100, 0, 100, LOCK);
        accountant.settlePromise(provider, 250, LOCK, signature);
        vm.assertEq(_balance(provider), 0, "nothing to refill it with");

        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 150));
        accountant.settlePromise(provider, 250, LOCK, signature);

        // Tokens arrive: they refill the balance, and the rest is paid out of it.
        _addFree(100);
        accountant.rebalanceChannel(provider);
        accountant.settlePromise(provider, 250, LOCK, signature);
        vm.assertEq(token.balanceOf(provider), 200, "the second part");
        _addFree(1000);
        accountant.rebalanceChannel(provider);
        accountant.settlePromise(provider, 250, LOCK, signature);
        vm.assertEq(token.balanceOf(provider), 250, "all of it, never more");
        vm.expectRevert(abi.encodeWithSelector(AlreadySettled.selector, 250, 250));
        accountant.settlePromise(provider, 250, LOCK, signature);
    }

    function test_TheStakeOfTheOwnerIsNotFreeForProviders() public {
        bytes memory signature = _providerPromise(provider, 60);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 60));
        accountant.settlePromise(provider, 60, LOCK, signature);
    }

    function test_AnothersLoanIsNeverTouched() public {
        _lend(stranger, 500);
        _drainTo(0);
        bytes memory signature = _providerPromise(provider, 60);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 60));
        accountant.settlePromise(provider, 60, LOCK, signature);
    }

    /// @dev The paper reserves nothing for a loan above its balance, so that others could be paid with what refilling owes.
    function test_WhatRefillingOwesIsNotFree() public {
        _lend(provider, 100);
        _drainTo(0);
        _settle(provider, 100);
        _addFree(STAKE + 99);
        vm.assertEq(_balance(provider), 0, "not refilled yet");
        vm.assertEq(accountant.withdrawable(), 0, "one short of stake and loan");
        bytes memory signature = _providerPromise(stranger, 60);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 60));
        accountant.settlePromise(stranger, 60, LOCK, signature);

        _addFree(61);
        accountant.settlePromise(stranger, 60, LOCK, signature);
        accountant.rebalanceChannel(provider);
        vm.assertEq(_balance(provider), 100, "still there for it");
    }

    function test_SettlesInAnyOrderWithGaps() public {
        _addFree(1000);
        _settle(provider, 50);
        vm.assertEq(_settle(provider, 700), 650, "the difference");
        bytes memory signature = _providerPromise(provider, 699);
        vm.expectRevert(abi.encodeWithSelector(AlreadySettled.selector, 699, 700));
        accountant.settlePromise(provider, 699, LOCK, signature);
    }

    function test_EveryFieldIsSigned() public {
        _addFree(1000);
        bytes memory signature = _providerPromise(provider, 60);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.settlePromise(provider, 61, LOCK, signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.settlePromise(stranger, 60, LOCK, signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.settlePromise(provider, 60, keccak256(abi.encode(LOCK)), signature);
        accountant.settlePromise(provider, 60, LOCK, signature);
    }

    function test_OnlyAnOperatorSigns() public {
        _addFree(1000);
        uint256[3] memory keys = [CONSUMER_KEY, PROVIDER_KEY, STRANGER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            bytes memory signature = _sign(keys[i], _providerPromiseDigest(address(accountant), provider, 60, LOCK));
            vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, vm.addr(keys[i])));
            accountant.settlePromise(provider, 60, LOCK, signature);
        }
    }

    function test_APromiseHoldsForOneAccountantOnOneChain() public {
        _addFree(1000);
        bytes memory signature = _providerPromise(provider, 60);
        Accountant other = _registerAccountant(operator, STAKE);
        token.mint(address(other), 1000);
        vm.expectPartialRevert(InvalidSigner.selector);
        other.settlePromise(provider, 60, LOCK, signature);
        vm.chainId(block.chainid + 1);
        vm.expectPartialRevert(InvalidSigner.selector);
        accountant.settlePromise(provider, 60, LOCK, signature);
    }

    function test_RefusesAmountsOutOfRange() public {
        bytes memory signature = _providerPromise(provider, 0);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        accountant.settlePromise(provider, 0, LOCK, signature);
        signature = _providerPromise(provider, MAX_AMOUNT + 1);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        accountant.settlePromise(provider, MAX_AMOUNT + 1, LOCK, signature);
    }

    function test_TheLargestAmountSettles() public {
        _addFree(MAX_AMOUNT);
        vm.assertEq(_settle(provider, MAX_AMOUNT), MAX_AMOUNT, "paid");
        vm.assertEq(_settled(provider), MAX_AMOUNT, "settled");
    }

    /// @dev One settlement out of any state against the rule's words, written down a second time.
    function testFuzz_PaysMinOfOwedAndThere(uint64 loan, uint64 free, uint64 left, uint64 first, uint64 amount) public {
        if (loan != 0) _lend(provider, loan);
        _drainTo(_bound(left, 0, STAKE));
        _addFree(free);
        if (first != 0 && accountant.withdrawable() + _balance(provider) != 0) _settle(provider, first);

        uint256 before = _settled(provider);
        uint256 owed = _bound(amount, 1, type(uint64).max);
        uint256 payable_ = _balance(provider) + accountant.withdrawable();
        uint256 held = token.balanceOf(address(accountant));
        uint256 others = accountant.lockedFunds() - _balance(provider);
        uint256 expected = owed < payable_ ? owed : payable_;
        bytes memory signature = _providerPromise(provider, before + owed);
        if (expected == 0) {
            vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, owed));
            accountant.settlePromise(provider, before + owed, LOCK, signature);
            return;
        }
        vm.assertEq(accountant.settlePromise(provider, before + owed, LOCK, signature), expected, "min(owed, there)");
        vm.assertEq(token.balanceOf(provider), before + expected, "received");
        vm.assertEq(_settled(provider), before + expected, "settled");
        vm.assertEq(token.balanceOf(address(accountant)), held - expected, "T");
        uint256 refillable = held - expected - others;
        vm.assertEq(_balance(provider), refillable < loan ? refillable : loan, "refilled as far as T - L goes");
        vm.assertEq(accountant.lockedFunds(), others + _balance(provider), "L");
    }
}
