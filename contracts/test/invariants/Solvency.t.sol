// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DevelopmentToken} from "../../src/DevelopmentToken.sol";
import {IAccountant} from "../../src/interfaces/accountant/IAccountant.sol";
import {Test} from "../base/Test.sol";
import {NetworkHandler} from "./NetworkHandler.sol";
import {People} from "./People.sol";

/// @dev Protocol section 6: what holds after any sequence of actions.
contract SolvencyInvariants is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    uint256 private constant STAKE = 5000;
    uint256 private constant REGISTRATION_FEE = 7;

    NetworkHandler private network;
    DevelopmentToken private token;
    IAccountant private accountant;

    function setUp() public {
        network = new NetworkHandler();
        network.setUp();
        (address token_, address accountant_) = network.contracts();
        (token, accountant) = (DevelopmentToken(token_), IAccountant(accountant_));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(network);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory actions = new bytes4[](10);
        actions[0] = network.donate.selector;
        actions[1] = network.fund.selector;
        actions[2] = network.increaseLoan.selector;
        actions[3] = network.register.selector;
        actions[4] = network.settleConsumer.selector;
        actions[5] = network.collect.selector;
        actions[6] = network.settleProvider.selector;
        actions[7] = network.settleProviders.selector;
        actions[8] = network.rebalance.selector;
        actions[9] = network.rebalanceSome.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(network), actions);
    }

    /// @dev T >= L: every balance can be paid out at once.
    function invariant_EveryBalanceIsCovered() external view {
        vm.assertGe(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T >= L");
    }

    /// @dev The sums that the contract keeps are the sums of its channels.
    function invariant_SumsAreSums() external view {
        uint256 locked;
        uint256 reserved;
        for (uint256 i = 0; i < network.COUNT(); ++i) {
            People.Facts memory facts = network.facts(i);
            locked += facts.balance;
            reserved += facts.loan > facts.balance ? facts.loan : facts.balance;
            vm.assertEq(facts.loan, network.ghost(i).lent, "a loan is what was lent");
            vm.assertLe(facts.balance, facts.loan, "without an operator's lock no balance is above its loan");
        }
        vm.assertEq(accountant.lockedFunds(), locked, "L");
        vm.assertEq(accountant.reservedFunds(), reserved, "V");
        vm.assertEq(accountant.stake(), STAKE, "S is nominal");
        uint256 held = token.balanceOf(address(accountant));
        uint256 taken = reserved + STAKE;
        vm.assertEq(accountant.withdrawable(), held > taken ? held - taken : 0, "max(0, T - V - S)");
    }

    /// @dev Nobody is paid, and nobody pays, above the highest total that was signed.
    function invariant_NothingAboveTheHighestSignedTotal() external view {
        for (uint256 i = 0; i < network.COUNT(); ++i) {
            (People.Facts memory facts, People.Ghost memory ghost) = (network.facts(i), network.ghost(i));
            vm.assertLe(facts.consumerSettled, ghost.highestConsumerTotal, "a consumer paid too much");
            vm.assertLe(facts.settled, ghost.highestProviderTotal, "a provider got too much");
            vm.assertLe(facts.feesPaid, ghost.highestFeeTotal, "a transaction maker got too much");
            vm.assertLe(facts.feesPaid, facts.settled, "fees are part of payments");
        }
    }

    /// @dev Every token is where the signed totals say it is.
    function invariant_EveryTokenIsAccountedFor() external view {
        uint256 held = STAKE + network.donated();
        uint256 makerFees = network.registrationMakerFees();
        uint256 registered;
        for (uint256 i = 0; i < network.COUNT(); ++i) {
            (People.Facts memory facts, People.Ghost memory ghost) = (network.facts(i), network.ghost(i));
            uint256 received = token.balanceOf(network.identity(i)) + token.balanceOf(network.beneficiary(i));
            vm.assertEq(received, facts.settled - facts.feesPaid, "what a provider received");
            vm.assertEq(
                token.balanceOf(network.channelOf(i)),
                ghost.funded - ghost.spentOnRegistration - facts.consumerSettled,
                "what a consumer has left"
            );
            held = held + ghost.lent + facts.consumerSettled - facts.settled;
            makerFees += facts.feesPaid;
            if (ghost.registered) ++registered;
        }
        (address treasury, address transactionMaker) = network.parties();
        vm.assertEq(token.balanceOf(address(accountant)), held, "T");
        vm.assertEq(token.balanceOf(transactionMaker), makerFees, "what the transaction maker received");
        vm.assertEq(token.balanceOf(treasury), registered * REGISTRATION_FEE, "what the treasury received");
    }

    /// @dev The actions reach what the invariants are about: a stake eaten up, a balance below its loan, a payment in part.
    function test_TheActionsReachTheEdges() external {
        network.increaseLoan(0, 3000);
        network.increaseLoan(1, 2000);
        network.fund(2, 1000);
        network.register(2, 100, 10, true);
        network.settleConsumer(2, 500);
        for (uint256 i = 1; i <= 4; ++i) {
            network.settleProvider(0, i * 3000, 50 * i, 0);
        }
        People.Facts memory facts = network.facts(0);
        vm.assertLe(facts.settled, 11_999, "paid in part");
        vm.assertLe(facts.balance, facts.loan - 1, "a balance below its loan");
        vm.assertEq(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T = L");
        vm.assertEq(network.facts(1).balance, 2000, "the other's balance is whole");
    }
}
