// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {AlreadySettled, InvalidSigner, NothingPayable, UnknownChannel} from "../src/Errors.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {IConsumerChannel} from "../src/interfaces/IConsumerChannel.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ICollections} from "../src/interfaces/accountant/ICollections.sol";
import {ConsumerChannelProxy} from "../src/libraries/ConsumerChannelProxy.sol";
import {Network} from "./base/Network.sol";

contract CollectTest is Network {
    ConsumerChannel private first;
    ConsumerChannel private second;

    function setUp() public override {
        super.setUp();
        first = _openConsumerChannel(CONSUMER_KEY, 100);
        second = _openConsumerChannel(STRANGER_KEY, 200);
    }

    function test_SettlesManyConsumerPromises() public {
        ICollections.Collection[] memory rows = new ICollections.Collection[](2);
        rows[0] = _row(CONSUMER_KEY, CONSUMER_KEY, 60);
        rows[1] = _row(STRANGER_KEY, STRANGER_KEY, 300);
        vm.expectEmit(address(first));
        emit IConsumerChannel.PromiseSettled(address(accountant), 60, 60, 60, LOCK);
        vm.expectEmit(address(second));
        emit IConsumerChannel.PromiseSettled(address(accountant), 300, 200, 200, LOCK);
        vm.prank(stranger);
        accountant.collect(rows);
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 260, "collected");
        vm.assertEq(accountant.withdrawable(), 260, "free");
    }

    function test_ABadRowFailsAlone() public {
        address undeployed = registry.channelAddress(provider, address(accountant));
        ICollections.Collection[] memory rows = new ICollections.Collection[](6);
        rows[0] = _row(STRANGER_KEY, CONSUMER_KEY, 60);
        rows[1] = _row(PROVIDER_KEY, PROVIDER_KEY, 60);
        rows[2] = _row(CONSUMER_KEY, CONSUMER_KEY, 60);
        rows[3] = _row(CONSUMER_KEY, CONSUMER_KEY, 60);
        rows[4] = _row(CONSUMER_KEY, CONSUMER_KEY, 500);
        rows[5] = _row(CONSUMER_KEY, CONSUMER_KEY, 600);
        _expectFailure(0, address(first), abi.encodeWithSelector(InvalidSigner.selector, vm.addr(STRANGER_KEY)));
        _expectFailure(1, undeployed, abi.encodeWithSelector(UnknownChannel.selector, undeployed));
        _expectFailure(3, address(first), abi.encodeWithSelector(AlreadySettled.selector, 60, 60));
        _expectFailure(5, address(first), abi.encodeWithSelector(NothingPayable.selector, 500));
        accountant.collect(rows);
        vm.assertEq(first.settled(), 100, "the good rows");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 100, "collected");
    }

    function test_AnotherAccountantsChannelIsNotOurs() public {
        address mine = address(accountant);
        accountant = _registerAccountant(operator, MINIMUM_STAKE);
        _openConsumerChannel(PROVIDER_KEY, 100);
        accountant = Accountant(mine);
        _refuses(PROVIDER_KEY);
    }

    /// @dev The same code with the same arguments, deployed by somebody who is not the registry, lies at another address.
    function test_AnUnregisteredTwinIsNoChannel() public {
        address twin = ConsumerChannelProxy.deploy(
            registry.consumerChannelImplementation(),
            ConsumerChannelProxy.Arguments(provider, address(accountant), address(token), address(registry))
        );
        vm.assertEq(ConsumerChannel(twin).identity(), provider, "a working proxy");
        token.mint(twin, 100);
        _refuses(PROVIDER_KEY);
    }

    function test_CollectedTokensPayProviders() public {
        ICollections.Collection[] memory rows = new ICollections.Collection[](1);
        rows[0] = _row(CONSUMER_KEY, CONSUMER_KEY, 100);
        accountant.collect(rows);
        _settle(provider, 99);
        vm.assertEq(token.balanceOf(provider), 99, "from consumer to provider");
        vm.assertEq(accountant.withdrawable(), 1, "the accountant's fee");
    }

    function _refuses(uint256 key) private {
        address channel = registry.channelAddress(vm.addr(key), address(accountant));
        ICollections.Collection[] memory rows = new ICollections.Collection[](1);
        rows[0] = _row(key, key, 60);
        _expectFailure(0, channel, abi.encodeWithSelector(UnknownChannel.selector, channel));
        accountant.collect(rows);
        vm.assertEq(token.balanceOf(address(accountant)), STAKE, "nothing moved");
    }

    function _row(uint256 signer, uint256 key, uint256 amount) private view returns (ICollections.Collection memory) {
        address identity = vm.addr(key);
        address channel = registry.channelAddress(identity, address(accountant));
        bytes memory signature = _consumerPromise(signer, channel, amount);
        return ICollections.Collection(identity, amount, AGREEMENT_HASH, LOCK, signature);
    }

    function _expectFailure(uint256 row, address subject, bytes memory reason) private {
        vm.expectEmit(address(accountant));
        emit IChannelBook.RowFailed(row, subject, reason);
    }
}
