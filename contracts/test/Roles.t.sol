// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {AlreadyInitialized, OnlyRegistry, OnlyThroughProxy, OwnershipNotRenounceable} from "../src/Errors.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {ICollections} from "../src/interfaces/accountant/ICollections.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {Network} from "./base/Network.sol";

/// @dev Who may not do what: the registry's own doors, the bare implementations, ownership.
contract RolesTest is Network {
    function test_OwnershipMovesInTwoSteps() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger));
        vm.prank(stranger);
        accountant.transferOwnership(stranger);
        vm.prank(owner);
        accountant.transferOwnership(stranger);
        vm.assertEq(accountant.owner(), owner, "until it is accepted");
        vm.assertEq(accountant.pendingOwner(), stranger, "pending");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, operator));
        vm.prank(operator);
        accountant.acceptOwnership();
        vm.prank(stranger);
        accountant.acceptOwnership();
        vm.assertEq(accountant.owner(), stranger, "accepted");
    }

    function test_OwnershipIsNotRenounced() public {
        vm.expectRevert(OwnershipNotRenounceable.selector);
        vm.prank(owner);
        accountant.renounceOwnership();
        vm.assertEq(accountant.owner(), owner, "still there");
    }

    function test_OnlyTheRegistryInitializesAndOnlyOnce() public {
        vm.expectRevert(OnlyRegistry.selector);
        vm.prank(owner);
        accountant.initialize(stranger, stranger, 1, 1);
        vm.expectRevert(AlreadyInitialized.selector);
        vm.prank(address(registry));
        accountant.initialize(stranger, stranger, 1, 1);
    }

    function test_OnlyTheRegistryOpensProviderChannels() public {
        _addFree(1000);
        vm.expectRevert(OnlyRegistry.selector);
        vm.prank(owner);
        accountant.openChannel(provider, stranger, 100);
    }

    function test_OnlyTheRegistryMovesTokensOutOfAConsumerChannelUnsigned() public {
        ConsumerChannel channel = _openConsumerChannel(CONSUMER_KEY, 100);
        address[4] memory others = [consumer, address(accountant), owner, stranger];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(OnlyRegistry.selector);
            vm.prank(others[i]);
            channel.payRegistration(stranger, 100, 0, stranger, 0);
        }
    }

    function test_TheBareAccountantIsInert() public {
        Accountant bare = Accountant(registry.accountantImplementation());
        token.mint(address(bare), 1000);
        token.mint(address(this), 100);
        token.approve(address(bare), 100);
        ISettlements.SettlementFee memory fee = _fee(1, 0);

        vm.expectRevert(OnlyThroughProxy.selector);
        vm.prank(address(registry));
        bare.initialize(stranger, stranger, 1, 1);
        vm.expectRevert(OnlyThroughProxy.selector);
        vm.prank(address(registry));
        bare.openChannel(provider, stranger, 1);
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.increaseLoan(provider, 100);
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.settlePromise(provider, 1, LOCK, "");
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.settlePromiseWithFee(provider, 1, LOCK, "", fee);
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.settlePromises(new ISettlements.Settlement[](0));
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.rebalanceChannel(provider);
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.rebalanceChannels(new address[](0));
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.collect(new ICollections.Collection[](0));
        vm.assertFalse(bare.isOperator(address(0)), "it has no operator");
        vm.assertEq(bare.owner(), address(registry), "its owner can do nothing");
    }

    function test_TheBareConsumerChannelIsInert() public {
        ConsumerChannel bare = ConsumerChannel(registry.consumerChannelImplementation());
        token.mint(address(bare), 1000);
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.settlePromise(1, AGREEMENT_HASH, LOCK, "");
        vm.expectRevert(OnlyThroughProxy.selector);
        vm.prank(address(registry));
        bare.payRegistration(stranger, 1, 0, stranger, 0);
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.identity();
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.accountant();
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.token();
        vm.expectRevert(OnlyThroughProxy.selector);
        bare.registry();
    }

    function test_NothingTakesEther() public {
        ConsumerChannel channel = _openConsumerChannel(CONSUMER_KEY, 0);
        address payable[3] memory targets =
            [payable(address(registry)), payable(address(accountant)), payable(address(channel))];
        for (uint256 i = 0; i < targets.length; ++i) {
            (bool taken,) = targets[i].call{value: 1}("");
            vm.assertFalse(taken, "it would be stuck");
        }
    }
}
