// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {AlreadySettled, AmountOutOfRange, InvalidSigner, NothingPayable} from "../src/Errors.sol";
import {IConsumerChannel} from "../src/interfaces/IConsumerChannel.sol";
import {Network} from "./base/Network.sol";

contract ConsumerSettleTest is Network {
    ConsumerChannel private channel;

    function setUp() public override {
        super.setUp();
        channel = _openConsumerChannel(CONSUMER_KEY, 100);
    }

    function test_PaysTheAccountantWhoeverSends() public {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        vm.expectEmit(address(channel));
        emit IConsumerChannel.PromiseSettled(address(accountant), 60, 60, 60, LOCK);
        vm.prank(stranger);
        uint256 paid = channel.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
        vm.assertEq(paid, 60, "paid");
        vm.assertEq(channel.settled(), 60, "settled");
        vm.assertEq(token.balanceOf(address(channel)), 40, "left");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 60, "received");
        vm.assertEq(accountant.withdrawable(), 60, "free for providers and owner");
    }

    function test_SettlesInAnyOrderWithGaps() public {
        _settleConsumer(50);
        vm.assertEq(_settleConsumer(70), 20, "the difference");
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        vm.expectRevert(abi.encodeWithSelector(AlreadySettled.selector, 60, 70));
        channel.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
    }

    function test_TheSamePromiseSettlesTheRestLater() public {
        vm.assertEq(_settleConsumer(130), 100, "what is there");
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 130);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 30));
        channel.settlePromise(130, AGREEMENT_HASH, LOCK, signature);

        token.mint(address(channel), 50);
        vm.expectEmit(address(channel));
        emit IConsumerChannel.PromiseSettled(address(accountant), 130, 30, 130, LOCK);
        channel.settlePromise(130, AGREEMENT_HASH, LOCK, signature);
        vm.assertEq(token.balanceOf(address(channel)), 20, "never more than signed");
    }

    function test_TwiceIsNothing() public {
        _settleConsumer(60);
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        vm.expectRevert(abi.encodeWithSelector(AlreadySettled.selector, 60, 60));
        channel.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
    }

    function test_NeedsTheRightPreimageAmountAndAgreement() public {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.settlePromise(61, AGREEMENT_HASH, LOCK, signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.settlePromise(60, keccak256("another agreement"), LOCK, signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.settlePromise(60, AGREEMENT_HASH, keccak256("another R"), signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        // The hashlock is public long before R is.
        channel.settlePromise(60, AGREEMENT_HASH, keccak256(abi.encode(LOCK)), signature);
        channel.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
    }

    function test_OnlyTheConsumerSigns() public {
        uint256[3] memory keys = [OPERATOR_KEY, PROVIDER_KEY, STRANGER_KEY];
        for (uint256 i = 0; i < keys.length; ++i) {
            bytes memory signature = _consumerPromise(keys[i], address(channel), 60);
            vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, vm.addr(keys[i])));
            channel.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
        }
    }

    function test_APromiseHoldsInOneChannel() public {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        accountant = _registerAccountant(operator, MINIMUM_STAKE);
        ConsumerChannel other = _openConsumerChannel(CONSUMER_KEY, 100);
        vm.expectPartialRevert(InvalidSigner.selector);
        other.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
        // The right channel in the wrong accountant's domain.
        signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
    }

    function test_APromiseHoldsOnOneChain() public {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 60);
        vm.chainId(block.chainid + 1);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.settlePromise(60, AGREEMENT_HASH, LOCK, signature);
    }

    function test_RefusesAmountsOutOfRange() public {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), 0);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        channel.settlePromise(0, AGREEMENT_HASH, LOCK, signature);
        signature = _consumerPromise(CONSUMER_KEY, address(channel), MAX_AMOUNT + 1);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        channel.settlePromise(MAX_AMOUNT + 1, AGREEMENT_HASH, LOCK, signature);
    }

    function test_TheLargestAmountSettles() public {
        vm.assertEq(_settleConsumer(MAX_AMOUNT), 100, "paid");
        vm.assertEq(channel.settled(), 100, "settled");
    }

    /// @dev Promises and deposits in any order: never more than signed, never more than there, and nothing is left unpaid that could be paid.
    function testFuzz_PaysMinOfOwedAndThere(uint128[6] memory amounts, uint64[6] memory deposits) public {
        uint256 highest;
        uint256 deposited = 100;
        for (uint256 i = 0; i < amounts.length; ++i) {
            token.mint(address(channel), deposits[i]);
            deposited += deposits[i];
            uint256 amount = _bound(amounts[i], 1, type(uint64).max);
            if (amount > highest) highest = amount;
            uint256 before = channel.settled();
            bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), amount);
            try channel.settlePromise(amount, AGREEMENT_HASH, LOCK, signature) returns (uint256 paid) {
                vm.assertEq(paid, _min(amount - before, deposited - before), "min(owed, there)");
            } catch {
                vm.assertTrue(amount <= before || deposited == before, "refused without a reason");
            }
            vm.assertLe(channel.settled(), highest, "above the highest signed total");
            vm.assertEq(token.balanceOf(address(channel)) + channel.settled(), deposited, "tokens");
        }
    }

    function _settleConsumer(uint256 amount) private returns (uint256) {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), amount);
        return channel.settlePromise(amount, AGREEMENT_HASH, LOCK, signature);
    }
}
