// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {
    AlreadyRegistered,
    AmountOutOfRange,
    DeadlinePassed,
    InsufficientFunds,
    InvalidSigner,
    NewLoansRefused,
    NoTransactionMaker,
    UnknownAccountant
} from "../src/Errors.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ILoans} from "../src/interfaces/accountant/ILoans.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Network} from "./base/Network.sol";

contract RegisterIdentityTest is Network {
    function test_PaysEverybodyOutOfThePredictedAddress() public {
        IRegistry.RegisterIdentity memory message = _full();
        _fundPredicted(message, 1000);
        address predicted = registry.channelAddress(consumer, address(accountant));
        vm.assertFalse(registry.isRegistered(consumer, address(accountant)), "not yet");
        bytes memory signature = _signed(CONSUMER_KEY, message);

        vm.expectEmit(address(registry));
        emit IRegistry.IdentityRegistered(
            consumer, address(accountant), predicted, 200, address(0xBE), REGISTRATION_FEE, transactionMaker, 30
        );
        vm.expectEmit(address(accountant));
        emit ILoans.LoanIncreased(consumer, 200, 200);
        vm.prank(stranger);
        address channel = registry.registerIdentity(message, signature);

        vm.assertEq(channel, predicted, "where predicted");
        vm.assertTrue(registry.isRegistered(consumer, address(accountant)), "registered");
        vm.assertEq(token.balanceOf(treasury), REGISTRATION_FEE, "registration fee");
        vm.assertEq(token.balanceOf(transactionMaker), 30, "the named transaction maker's fee");
        vm.assertEq(token.balanceOf(stranger), 0, "whoever sends");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 200, "loan");
        vm.assertEq(token.balanceOf(channel), 1000, "the rest is the deposit");
        IChannelBook.ProviderChannel memory provider_ = accountant.channel(consumer);
        vm.assertEq(provider_.loan, 200, "lent");
        vm.assertEq(provider_.balance, 200, "locked");
        vm.assertEq(provider_.beneficiary, address(0xBE), "beneficiary");
        vm.assertEq(accountant.lockedFunds(), 200, "L");
        vm.assertEq(accountant.reservedFunds(), 200, "V");
        vm.assertEq(accountant.withdrawable(), 0, "a loan is not free");
    }

    function test_TheChannelKnowsItsParties() public {
        ConsumerChannel channel = _openConsumerChannel(CONSUMER_KEY, 0);
        vm.assertEq(channel.identity(), consumer, "identity");
        vm.assertEq(channel.accountant(), address(accountant), "accountant");
        vm.assertEq(channel.token(), address(token), "token");
        vm.assertEq(channel.registry(), address(registry), "registry");
        vm.assertEq(channel.settled(), 0, "settled");
        vm.assertEq(address(channel).code.length, 45 + 80, "EIP-1167 and four addresses");
    }

    function test_NeedsExactlyTheSum() public {
        IRegistry.RegisterIdentity memory message = _full();
        uint256 needed = REGISTRATION_FEE + 200 + 30;
        address predicted = registry.channelAddress(consumer, address(accountant));
        token.mint(predicted, needed - 1);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, needed, needed - 1));
        registry.registerIdentity(message, signature);
        vm.assertFalse(registry.isRegistered(consumer, address(accountant)), "a failure leaves nothing");

        token.mint(predicted, 1);
        registry.registerIdentity(message, signature);
        vm.assertEq(token.balanceOf(predicted), 0, "all spent");
    }

    function test_OneIdentityWorksWithManyAccountants() public {
        ConsumerChannel first = _openConsumerChannel(CONSUMER_KEY, 10);
        accountant = _registerAccountant(stranger, MINIMUM_STAKE);
        ConsumerChannel second = _openConsumerChannel(CONSUMER_KEY, 20);
        vm.assertTrue(address(first) != address(second), "its own address");
        vm.assertEq(second.accountant(), address(accountant), "the second accountant");
        vm.assertEq(token.balanceOf(address(first)), 10, "its own tokens");
    }

    function test_OnlyOnce() public {
        ConsumerChannel channel = _openConsumerChannel(CONSUMER_KEY, 0);
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        _fundPredicted(message, 0);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.expectRevert(abi.encodeWithSelector(AlreadyRegistered.selector, address(channel)));
        registry.registerIdentity(message, signature);
    }

    function test_OnlyRegisteredAccountants() public {
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        message.accountant = stranger;
        _refuses(message, abi.encodeWithSelector(UnknownAccountant.selector, stranger));
        // The implementation is nobody's accountant.
        message.accountant = registry.accountantImplementation();
        _refuses(message, abi.encodeWithSelector(UnknownAccountant.selector, message.accountant));
    }

    function test_HoldsUntilItsDeadlineInclusive() public {
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        uint256 deadline = message.deadline;
        vm.warp(deadline + 1);
        _refuses(message, abi.encodeWithSelector(DeadlinePassed.selector, deadline));
        vm.warp(deadline);
        _fundPredicted(message, 0);
        registry.registerIdentity(message, _signed(CONSUMER_KEY, message));
    }

    function test_EveryFieldIsSigned() public {
        IRegistry.RegisterIdentity memory message = _full();
        _fundPredicted(message, 10_000);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        Accountant other = _registerAccountant(stranger, MINIMUM_STAKE);
        for (uint256 field = 0; field < 7; ++field) {
            IRegistry.RegisterIdentity memory changed = _full();
            if (field == 0) changed.identity = stranger;
            if (field == 1) changed.accountant = address(other);
            if (field == 2) changed.loan += 1;
            if (field == 3) changed.beneficiary = stranger;
            if (field == 4) changed.fee += 1;
            if (field == 5) changed.transactionMaker = stranger;
            if (field == 6) changed.deadline += 1;
            _fundPredicted(changed, 0);
            vm.expectPartialRevert(InvalidSigner.selector);
            registry.registerIdentity(changed, signature);
        }
        registry.registerIdentity(message, signature);
    }

    function test_ASignatureHoldsInOneRegistryOnOneChain() public {
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        bytes memory signature = _sign(CONSUMER_KEY, _registerIdentityDigest(address(accountant), message));
        _fundPredicted(message, 0);
        vm.expectPartialRevert(InvalidSigner.selector);
        registry.registerIdentity(message, signature);

        signature = _signed(CONSUMER_KEY, message);
        vm.chainId(block.chainid + 1);
        vm.expectPartialRevert(InvalidSigner.selector);
        registry.registerIdentity(message, signature);
    }

    function test_RefusesAmountsOutOfRange() public {
        IRegistry.RegisterIdentity memory message = _registration(consumer, MAX_AMOUNT + 1);
        _refuses(message, abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        message = _registration(consumer, 0);
        message.fee = type(uint256).max;
        message.transactionMaker = transactionMaker;
        _refuses(message, abi.encodeWithSelector(AmountOutOfRange.selector, type(uint256).max));
    }

    function test_RefusesAFeeForNobody() public {
        IRegistry.RegisterIdentity memory message = _full();
        message.transactionMaker = address(0);
        _refuses(message, abi.encodeWithSelector(NoTransactionMaker.selector));
    }

    function test_NewLoansAreRefusedBelowTheMinimumStake() public {
        _drainTo(MINIMUM_STAKE - 1);
        IRegistry.RegisterIdentity memory message = _registration(consumer, 200);
        _fundPredicted(message, 0);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.expectRevert(abi.encodeWithSelector(NewLoansRefused.selector, MINIMUM_STAKE - 1, MINIMUM_STAKE));
        registry.registerIdentity(message, signature);

        _addFree(1);
        registry.registerIdentity(message, signature);
        vm.assertEq(_balance(consumer), 200, "taken at the minimum");
    }

    function test_WithoutALoanItIsNeverRefused() public {
        _drainTo(0);
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        message.beneficiary = address(0xBE);
        _fundPredicted(message, 0);
        registry.registerIdentity(message, _signed(CONSUMER_KEY, message));
        vm.assertEq(accountant.channel(consumer).beneficiary, address(0xBE), "beneficiary");
    }

    function test_AnIncreasedLoanSurvivesRegistration() public {
        _lend(consumer, 50);
        IRegistry.RegisterIdentity memory message = _registration(consumer, 200);
        _fundPredicted(message, 0);
        registry.registerIdentity(message, _signed(CONSUMER_KEY, message));
        vm.assertEq(accountant.channel(consumer).loan, 250, "both");
        vm.assertEq(_balance(consumer), 250, "both locked");
    }

    function _full() private view returns (IRegistry.RegisterIdentity memory message) {
        message = _registration(consumer, 200);
        message.beneficiary = address(0xBE);
        message.fee = 30;
        message.transactionMaker = transactionMaker;
    }

    function _refuses(IRegistry.RegisterIdentity memory message, bytes memory reason) private {
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.expectRevert(reason);
        registry.registerIdentity(message, signature);
    }
}
