// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {DevelopmentToken} from "../src/DevelopmentToken.sol";
import {NothingToRescue, OwnTokenNotRescued} from "../src/Errors.sol";
import {Registry} from "../src/Registry.sol";
import {IRescue} from "../src/interfaces/IRescue.sol";
import {Requests} from "./base/Requests.sol";

/// @dev A token whose balances answer and move at a second address too.
contract SecondAddress {
    TwoAddressToken private immutable _main;

    constructor(TwoAddressToken main) {
        _main = main;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _main.move(msg.sender, to, amount);
        return true;
    }

    function balanceOf(address holder) external view returns (uint256) {
        return _main.balanceOf(holder);
    }
}

contract TwoAddressToken is DevelopmentToken {
    SecondAddress public immutable second = new SecondAddress(this);

    function move(address from, address to, uint256 amount) external {
        require(msg.sender == address(second), "not the second address");
        _transfer(from, to, amount);
    }
}

contract NoEther {}

/// @dev What is sent here by mistake goes on to one fixed receiver, whoever asks; the own token never does.
contract RescueTest is Requests {
    DevelopmentToken private foreign;
    ConsumerChannel private channel;

    receive() external payable {}

    function setUp() public override {
        super.setUp();
        foreign = new DevelopmentToken();
        channel = _openConsumerChannel(CONSUMER_KEY, 100);
    }

    function test_ForeignTokensOfTheRegistryGoToTheTreasury() public {
        _rescuesTokens(address(registry), treasury);
    }

    function test_ForeignTokensOfTheAccountantGoToItsOwner() public {
        _rescuesTokens(address(accountant), owner);
    }

    function test_ForeignTokensOfAConsumerChannelGoToItsIdentity() public {
        _rescuesTokens(address(channel), consumer);
    }

    function test_EtherOfTheRegistryGoesToTheTreasury() public {
        _rescuesEther(address(registry), treasury);
    }

    function test_EtherOfTheAccountantGoesToItsOwner() public {
        _rescuesEther(address(accountant), owner);
    }

    function test_EtherOfAConsumerChannelGoesToItsIdentity() public {
        _rescuesEther(address(channel), consumer);
    }

    function test_ForeignTokensGoToTheOwnerOfThatMoment() public {
        foreign.mint(address(accountant), 5);
        vm.prank(owner);
        accountant.transferOwnership(stranger);
        vm.prank(stranger);
        accountant.acceptOwnership();
        accountant.rescueTokens(address(foreign));
        vm.assertEq(foreign.balanceOf(stranger), 5, "the new owner");
    }

    function test_NobodySendsEtherByAPlainTransfer() public {
        address[3] memory targets = [address(registry), address(accountant), address(channel)];
        vm.deal(address(this), 1 ether);
        for (uint256 i = 0; i < targets.length; ++i) {
            (bool sent,) = targets[i].call{value: 1}("");
            vm.assertFalse(sent, "refused");
        }
    }

    function test_EtherAndTokensSentToPredictedAddressesComeBackToo() public {
        address predicted = registry.channelAddress(provider, address(accountant));
        address next = registry.accountantAddress(owner, operator, 1);
        vm.deal(address(this), 2 ether);
        (bool sent,) = predicted.call{value: 1 ether}("");
        vm.assertTrue(sent, "nothing there that could refuse");
        (sent,) = next.call{value: 1 ether}("");
        vm.assertTrue(sent, "nor there");
        foreign.mint(predicted, 3);
        foreign.mint(next, 4);

        ConsumerChannel opened = _openConsumerChannel(PROVIDER_KEY, 10);
        vm.assertEq(address(opened), predicted, "deployed with ether in it");
        opened.rescueEther();
        opened.rescueTokens(address(foreign));
        vm.assertEq(provider.balance, 1 ether, "ether of the channel");
        vm.assertEq(foreign.balanceOf(provider), 3, "tokens of the channel");
        accountant = _registerAccountant(operator, STAKE);
        vm.assertEq(address(accountant), next, "deployed with ether in it");
        accountant.rescueEther();
        accountant.rescueTokens(address(foreign));
        vm.assertEq(owner.balance, 1 ether, "ether of the accountant");
        vm.assertEq(foreign.balanceOf(owner), 4, "tokens of the accountant");
    }

    function test_TheOwnTokenStays() public {
        _addFree(500);
        vm.expectRevert(OwnTokenNotRescued.selector);
        accountant.rescueTokens(address(token));
        vm.expectRevert(OwnTokenNotRescued.selector);
        channel.rescueTokens(address(token));
    }

    /// @dev The registry never holds any: what lies there was sent by mistake like anything else.
    function test_TheNetworksTokenInTheRegistryGoesToTheTreasury() public {
        token.mint(address(registry), 9);
        uint256 before = token.balanceOf(treasury);
        registry.rescueTokens(address(token));
        vm.assertEq(token.balanceOf(treasury), before + 9, "treasury");
    }

    function test_TheOwnTokenStaysByItsSecondAddressToo() public {
        TwoAddressToken two = new TwoAddressToken();
        token = two;
        registry = new Registry(address(two), MINIMUM_STAKE, REGISTRATION_FEE, treasury);
        accountant = _registerAccountant(operator, STAKE);
        channel = _openConsumerChannel(CONSUMER_KEY, 100);
        address second = address(two.second());
        vm.expectRevert(OwnTokenNotRescued.selector);
        accountant.rescueTokens(second);
        vm.expectRevert(OwnTokenNotRescued.selector);
        channel.rescueTokens(second);
        vm.assertEq(token.balanceOf(address(accountant)), STAKE, "the accountant's");
        vm.assertEq(token.balanceOf(address(channel)), 100, "the consumer's");
        // In the registry the same call is harmless.
        token.mint(address(registry), 9);
        registry.rescueTokens(second);
        vm.assertEq(token.balanceOf(address(registry)), 0, "sent on");
    }

    function test_AReceiverThatTakesNoEtherLeavesItThere() public {
        address none = address(new NoEther());
        vm.prank(owner);
        accountant.transferOwnership(none);
        vm.prank(none);
        accountant.acceptOwnership();
        vm.deal(address(accountant), 1 ether);
        vm.expectRevert(Errors.FailedCall.selector);
        accountant.rescueEther();
        vm.assertEq(address(accountant).balance, 1 ether, "still there");
    }

    function _rescuesTokens(address holder, address receiver) private {
        vm.expectRevert(NothingToRescue.selector);
        IRescue(holder).rescueTokens(address(foreign));
        foreign.mint(holder, 33);
        vm.expectEmit(holder);
        emit IRescue.TokensRescued(address(foreign), receiver, 33);
        vm.prank(stranger);
        IRescue(holder).rescueTokens(address(foreign));
        vm.assertEq(foreign.balanceOf(receiver), 33, "received");
        vm.assertEq(foreign.balanceOf(holder), 0, "all of it");
    }

    function _rescuesEther(address holder, address receiver) private {
        vm.expectRevert(NothingToRescue.selector);
        IRescue(holder).rescueEther();
        // As by a block's reward: no contract can refuse that.
        vm.deal(holder, 2 ether);
        vm.expectEmit(holder);
        emit IRescue.EtherRescued(receiver, 2 ether);
        vm.prank(stranger);
        IRescue(holder).rescueEther();
        vm.assertEq(receiver.balance, 2 ether, "received");
        vm.assertEq(holder.balance, 0, "all of it");
    }
}
