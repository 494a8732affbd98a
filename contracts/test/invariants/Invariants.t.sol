// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DevelopmentToken} from "../../src/DevelopmentToken.sol";
import {IAccountant} from "../../src/interfaces/accountant/IAccountant.sol";
import {Test} from "../base/Test.sol";
import {NetworkHandler} from "./NetworkHandler.sol";
import {People} from "./People.sol";
import {Watched} from "./Watched.sol";

/// @dev Protocol section 6: what holds after any sequence of actions. Each function is a campaign of its own, and each message a rule of
/// its own; `mutants/` holds for each rule a line of the sources that breaks it.
contract Invariants is Test {
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
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(network), network.actions());
    }

    /// @dev T >= L: every balance can be paid out at once; and what providers settle from while a notice runs is still there after it.
    function invariant_EveryBalanceIsCovered() external view {
        vm.assertGe(token.balanceOf(address(accountant)), accountant.lockedFunds(), "T >= L");
        _requireKept(Watched.Rule.ReservesStay);
    }

    /// @dev What the contract keeps beside its channels is what its channels say.
    function invariant_TheBooksAddUp() external {
        uint256 locked;
        uint256 reserved;
        for (uint256 i = 0; i < network.COUNT(); ++i) {
            (People.Facts memory facts, People.Ghost memory ghost) = (network.facts(i), network.ghost(i));
            locked += facts.balance;
            reserved += facts.loan > facts.balance ? facts.loan : facts.balance;
            vm.assertEq(facts.loan + facts.returned, ghost.lent, "a loan is what was lent and not returned");
            vm.assertEq(facts.nonce, ghost.providerNonce, "a provider's nonce counts its messages");
            vm.assertEq(facts.consumerNonce, ghost.consumerNonce, "a consumer's nonce counts its messages");
            address beneficiary = ghost.redirected ? network.beneficiary(i) : address(0);
            vm.assertEq(facts.beneficiary, beneficiary, "the beneficiary is whom the provider named last");
            (bool redirected, bool guaranteed) = _flags(network.identity(i));
            vm.assertTrue(redirected == (facts.beneficiary != address(0)), "redirected: there is a beneficiary");
            vm.assertTrue(guaranteed == (facts.loan + facts.balance != 0), "guaranteed: there is a loan or a balance");
        }
        vm.assertEq(accountant.lockedFunds(), locked, "L");
        vm.assertEq(accountant.reservedFunds(), reserved, "V");
        vm.assertEq(accountant.stake(), STAKE - network.stakeTaken(), "S falls by its return only");
        uint256 held = token.balanceOf(address(accountant));
        uint256 taken = reserved + accountant.stake();
        vm.assertEq(accountant.withdrawable(), held > taken ? held - taken : 0, "max(0, T - V - S)");
    }

    /// @dev Nobody is paid, and nobody pays, above the highest total that was signed; what was paid stays paid, what is guaranteed stays.
    function invariant_NothingAboveTheHighestSignedTotal() external view {
        _requireKept(Watched.Rule.TotalsNeverFall);
        _requireKept(Watched.Rule.BalancesFallByTheirOwnOnly);
        for (uint256 i = 0; i < network.COUNT(); ++i) {
            (People.Facts memory facts, People.Ghost memory ghost) = (network.facts(i), network.ghost(i));
            vm.assertLe(facts.consumerSettled, ghost.highestConsumerTotal, "a consumer paid above what it signed");
            vm.assertLe(facts.settled, ghost.highestProviderTotal, "a provider got above what an operator signed");
            vm.assertLe(facts.feesPaid, ghost.highestFeeTotal, "a maker got above what the provider signed");
            vm.assertLe(facts.returned, ghost.highestReturnTotal, "a loan was returned above what the provider signed");
            vm.assertLe(facts.feesPaid, facts.settled, "fees are part of payments");
        }
    }

    /// @dev Every token is where the signed totals say it is, and every payment was what the rules give at its moment.
    function invariant_EveryTokenIsAccountedFor() external view {
        uint256 came = STAKE + network.donated();
        uint256 went = network.taken() + network.stakeTaken();
        uint256 makerFees = network.registrationMakerFees();
        uint256 registered;
        for (uint256 i = 0; i < network.COUNT(); ++i) {
            (People.Facts memory facts, People.Ghost memory ghost) = (network.facts(i), network.ghost(i));
            vm.assertEq(token.balanceOf(network.identity(i)), ghost.receivedHere, "what a provider received");
            vm.assertEq(
                token.balanceOf(network.beneficiary(i)), ghost.receivedElsewhere, "what a provider received elsewhere"
            );
            vm.assertEq(token.balanceOf(network.exitTo(i)), ghost.exited, "what a consumer took out");
            uint256 gone = ghost.spentOnRegistration + facts.consumerSettled + ghost.exited;
            vm.assertEq(token.balanceOf(network.channelOf(i)) + gone, ghost.funded, "what a consumer has left");
            came += ghost.lent + facts.consumerSettled;
            went += facts.settled + facts.returned;
            makerFees += facts.feesPaid;
            if (ghost.registered) ++registered;
        }
        (address treasury, address transactionMaker, address owner) = network.parties();
        vm.assertEq(token.balanceOf(treasury), registered * REGISTRATION_FEE, "what the treasury received");
        vm.assertEq(token.balanceOf(owner), network.taken() + network.stakeTaken(), "what the owner received");
        vm.assertEq(network.foreign().balanceOf(owner), network.rescued(), "what was rescued");
        vm.assertEq(token.balanceOf(transactionMaker), makerFees, "what the transaction maker received");
        vm.assertEq(token.balanceOf(address(accountant)) + went, came, "T");
        _requireKept(Watched.Rule.PaymentsAreExact);
    }

    /// @dev Announced things happen when they may; keys and the fee are the announced ones; every refusal has its reason, and nothing goes
    /// through that must be refused.
    function invariant_NothingOutOfTurn() external {
        vm.warp(network.clock());
        for (uint256 k = 0; k < 2; ++k) {
            bool signs = accountant.isOperator(network.operatorAddress(k));
            vm.assertTrue(
                signs == network.isValid(k), "a key signs for the accountant from and until its announced times"
            );
        }
        vm.assertEq(accountant.feeBasisPoints(), network.fee(), "a raise of the fee waits, and a cut does not");
        _requireKept(Watched.Rule.OwnerWaits);
        _requireKept(Watched.Rule.RefusalsHaveReasons);
    }

    /// @dev None of the actions is always refused, and each one that can be refused is, so that no rule holds for want of a case.
    function test_EveryActionHappens() external {
        bytes4[] memory actions = network.actions();
        for (uint256 step = 0; step < 1500; ++step) {
            (bytes32 a, bytes32 b, bytes32 c) = (_random(step, 1), _random(step, 2), _random(step, 3));
            bytes4 action = actions[uint256(_random(step, 0)) % actions.length];
            (bool success,) =
                address(network).call(abi.encodePacked(action, a, b, c, _random(step, 4), _random(step, 5)));
            vm.assertTrue(success, "an action failed itself");
        }
        for (uint256 i = 0; i <= uint256(type(Watched.Action).max); ++i) {
            vm.assertGe(network.done(Watched.Action(i)), 1, string.concat("never done: action ", vm.toString(i)));
        }
        for (uint256 i = 0; i <= uint256(type(Watched.Rule).max); ++i) {
            _requireKept(Watched.Rule(i));
        }
    }

    function _requireKept(Watched.Rule rule) private view {
        string memory broken = network.broken(rule);
        vm.assertTrue(bytes(broken).length == 0, broken);
    }

    // The flags have no getter: the first of the slots that `channel` reads holds them above the total (128 bits) and the nonce (64).
    function _flags(address provider) private returns (bool redirected, bool guaranteed) {
        vm.record();
        accountant.channel(provider);
        (bytes32[] memory reads,) = vm.accesses(address(accountant));
        bytes32 head = reads[0];
        for (uint256 i = 1; i < reads.length; ++i) {
            if (reads[i] < head) head = reads[i];
        }
        uint256 word = uint256(vm.load(address(accountant), head));
        return (word >> 192 & 0xFF == 1, word >> 200 & 0xFF == 1);
    }

    function _random(uint256 step, uint256 place) private pure returns (bytes32) {
        return keccak256(abi.encode("every action happens", step, place));
    }
}
