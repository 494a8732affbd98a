// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {Network} from "./base/Network.sol";

contract RebalanceTest is Network {
    address private constant FIRST = address(0xF1);
    address private constant SECOND = address(0xF2);

    function setUp() public override {
        super.setUp();
        _lend(FIRST, 300);
        _lend(SECOND, 200);
        _drainTo(0);
        _settle(FIRST, 300);
        _settle(SECOND, 150);
    }

    function test_RaisesTheBalanceToTheLoan() public {
        _addFree(1000);
        vm.expectEmit(address(accountant));
        emit IChannelBook.ChannelRebalanced(FIRST, 300, 300);
        vm.prank(stranger);
        accountant.rebalanceChannel(FIRST);
        vm.assertEq(_balance(FIRST), 300, "the loan");
        vm.assertEq(_balance(SECOND), 50, "only the channel named");
    }

    function test_GoesAsFarAsTheTokensGo() public {
        _addFree(70);
        accountant.rebalanceChannel(FIRST);
        vm.assertEq(_balance(FIRST), 70, "what is free");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T = L");
    }

    function test_NeverRevertsForLackOfTokens() public {
        vm.recordLogs();
        accountant.rebalanceChannel(FIRST);
        accountant.rebalanceChannel(provider);
        vm.assertEq(vm.getRecordedLogs().length, 0, "nothing happened, nothing is said");
        vm.assertEq(_balance(FIRST), 0, "still empty");
    }

    function test_AFullChannelStaysAsItIs() public {
        _addFree(1000);
        accountant.rebalanceChannel(FIRST);
        vm.recordLogs();
        accountant.rebalanceChannel(FIRST);
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertEq(_balance(FIRST), 300, "not above the loan");
    }

    function test_ManyInOneCallShareWhatThereIs() public {
        _addFree(400);
        address[] memory channels = new address[](4);
        (channels[0], channels[1], channels[2], channels[3]) = (FIRST, provider, FIRST, SECOND);
        accountant.rebalanceChannels(channels);
        vm.assertEq(_balance(FIRST), 300, "the first is filled");
        vm.assertEq(_balance(SECOND), 150, "the second takes the rest");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T = L");
    }

    function testFuzz_RebalancingNeverTakesFromAnybody(uint64 free, bool secondFirst) public {
        _addFree(free);
        (address one, address other) = secondFirst ? (SECOND, FIRST) : (FIRST, SECOND);
        (uint256 before, uint256 reserved) = (_balance(other), accountant.reservedFunds());
        accountant.rebalanceChannel(one);
        vm.assertEq(_balance(other), before, "the other's balance");
        vm.assertEq(accountant.reservedFunds(), reserved, "what is owed to loans");
        vm.assertGe(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T >= L");
        uint256 missing = secondFirst ? 150 : 300;
        vm.assertEq(_balance(one), (secondFirst ? 50 : 0) + (free < missing ? free : missing), "as far as it goes");
    }
}
