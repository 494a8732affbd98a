// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {AlreadySettled, InvalidSigner, NothingPayable, OnlySelf, UnknownChannel} from "../src/Errors.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {IAccountant} from "../src/interfaces/IAccountant.sol";
import {ConsumerChannelProxy} from "../src/libraries/ConsumerChannelProxy.sol";
import {Network} from "./base/Network.sol";

/// @dev Says whatever its maker likes.
contract LyingChannel {
    function settlePromise(uint256 amount, bytes32, bytes32, bytes calldata) external pure returns (uint256) {
        return amount;
    }
}

contract CollectTest is Network {
    ConsumerChannel private first;
    ConsumerChannel private second;

    function setUp() public override {
        super.setUp();
        first = _openConsumerChannel(CONSUMER_KEY, 100);
        second = _openConsumerChannel(STRANGER_KEY, 200);
    }

    function test_SettlesManyConsumerPromises() public {
        IAccountant.Collection[] memory rows = new IAccountant.Collection[](2);
        rows[0] = _row(CONSUMER_KEY, address(first), 60);
        rows[1] = _row(STRANGER_KEY, address(second), 300);
        vm.expectEmit(address(accountant));
        emit IAccountant.PromiseCollected(address(first), 60, 60);
        vm.expectEmit(address(accountant));
        emit IAccountant.PromiseCollected(address(second), 300, 200);
        vm.prank(stranger);
        accountant.collect(rows);
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 260, "collected");
        vm.assertEq(accountant.withdrawable(), 260, "free");
    }

    function test_ABadRowFailsAlone() public {
        address undeployed = registry.channelAddress(provider, address(accountant));
        IAccountant.Collection[] memory rows = new IAccountant.Collection[](6);
        rows[0] = _row(STRANGER_KEY, address(first), 60);
        rows[1] = _row(CONSUMER_KEY, undeployed, 60);
        rows[2] = _row(CONSUMER_KEY, address(first), 60);
        rows[3] = _row(CONSUMER_KEY, address(first), 60);
        rows[4] = _row(CONSUMER_KEY, address(first), 500);
        rows[5] = _row(CONSUMER_KEY, address(first), 600);
        _expectFailure(0, address(first), abi.encodeWithSelector(InvalidSigner.selector, vm.addr(STRANGER_KEY)));
        _expectFailure(1, undeployed, abi.encodeWithSelector(UnknownChannel.selector, undeployed));
        _expectFailure(3, address(first), abi.encodeWithSelector(AlreadySettled.selector, 60, 60));
        _expectFailure(5, address(first), abi.encodeWithSelector(NothingPayable.selector, 500));
        accountant.collect(rows);
        vm.assertEq(first.settled(), 100, "the good rows");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 100, "collected");
    }

    function test_ALyingContractIsNotAsked() public {
        _refuses(address(new LyingChannel()));
    }

    function test_AnAccountIsNotAsked() public {
        _refuses(stranger);
        _refuses(address(0));
        _refuses(address(accountant));
    }

    function test_TheBareImplementationIsNoChannel() public {
        _refuses(registry.consumerChannelImplementation());
    }

    function test_AnotherAccountantsChannelIsNotOurs() public {
        address mine = address(accountant);
        accountant = _registerAccountant(operator, MINIMUM_STAKE);
        ConsumerChannel theirs = _openConsumerChannel(CONSUMER_KEY, 100);
        accountant = Accountant(mine);
        _refuses(address(theirs));
    }

    /// @dev The same code with the same arguments, deployed by somebody who is not the registry, was never paid for.
    function test_AnUnregisteredTwinIsNoChannel() public {
        address twin = ConsumerChannelProxy.deploy(
            registry.consumerChannelImplementation(),
            ConsumerChannelProxy.Arguments(consumer, address(accountant), address(token), address(registry))
        );
        vm.assertEq(ConsumerChannel(twin).identity(), consumer, "a working proxy");
        token.mint(twin, 100);
        _refuses(twin);
    }

    function test_RowsAreForTheContractItself() public {
        IAccountant.Collection memory row = _row(CONSUMER_KEY, address(first), 60);
        vm.expectRevert(OnlySelf.selector);
        accountant.collectRow(row);
    }

    function test_CollectedTokensPayProviders() public {
        IAccountant.Collection[] memory rows = new IAccountant.Collection[](1);
        rows[0] = _row(CONSUMER_KEY, address(first), 100);
        accountant.collect(rows);
        _settle(provider, 99);
        vm.assertEq(token.balanceOf(provider), 99, "from consumer to provider");
        vm.assertEq(accountant.withdrawable(), 1, "the accountant's fee");
    }

    function _refuses(address channel) private {
        IAccountant.Collection[] memory rows = new IAccountant.Collection[](1);
        rows[0] = _row(CONSUMER_KEY, channel, 60);
        _expectFailure(0, channel, abi.encodeWithSelector(UnknownChannel.selector, channel));
        accountant.collect(rows);
        vm.assertEq(token.balanceOf(address(accountant)), STAKE, "nothing moved");
    }

    function _row(uint256 key, address channel, uint256 amount) private view returns (IAccountant.Collection memory) {
        return IAccountant.Collection(channel, amount, AGREEMENT_HASH, LOCK, _consumerPromise(key, channel, amount));
    }

    function _expectFailure(uint256 row, address subject, bytes memory reason) private {
        vm.expectEmit(address(accountant));
        emit IAccountant.RowFailed(row, subject, reason);
    }
}
