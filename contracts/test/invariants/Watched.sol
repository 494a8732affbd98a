// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NothingRequested, NoticeRunning, RequestLapsed} from "../../src/Errors.sol";
import {Book} from "./Book.sol";

/// @title Looks at everybody before and after each action, and counts what happened
/// @dev Nothing is asserted here: the first breach of each rule is noted, and the invariants ask for it.
abstract contract Watched is Book {
    /// @dev Protocol section 6: what an action may do, as far as the state after it alone does not show it.
    enum Rule {
        TotalsNeverFall,
        BalancesFallByTheirOwnOnly,
        ReservesStay,
        PaymentsAreExact,
        OwnerWaits,
        RefusalsHaveReasons
    }

    enum Action {
        Register,
        SettleConsumer,
        Collect,
        RequestExit,
        FinalizeExit,
        ConsentExit,
        IncreaseLoan,
        SettleProvider,
        SettleWithFee,
        SettleProviders,
        SetBeneficiary,
        ReturnLoan,
        Rebalance,
        RebalanceSome,
        Recover,
        LockFunds,
        RequestRelease,
        FinalizeRelease,
        PayProviders,
        RequestWithdrawal,
        Withdraw,
        PauseNewLoans,
        Close,
        ReturnStake,
        AddOperator,
        RevokeOperator,
        SetFee,
        Rescue
    }

    /// @dev What was broken first, empty for nothing yet.
    mapping(Rule => string) public broken;
    /// @dev Per action how often it did something, and how often it was refused.
    mapping(Action => uint256) public done;
    mapping(Action => uint256) public refused;
    /// @dev block.timestamp; forge does not keep a warp from one call of a run to the next.
    uint256 public clock;
    /// @dev What this action releases of whose balance.
    uint256[COUNT] internal _released;

    modifier watched() {
        vm.warp(clock);
        Facts[COUNT] memory before = _everybody();
        _;
        _compare(before);
    }

    function setUp() public virtual override {
        super.setUp();
        clock = block.timestamp;
    }

    /// @dev Calls, and notes a breach unless the call succeeds or fails exactly as the rules say: `refusal` is 0 for success.
    function _act(Action action, address sender, address target, bytes memory data, bytes4 refusal)
        internal
        returns (bool success)
    {
        vm.prank(sender);
        bytes memory answer;
        (success, answer) = target.call(data);
        if (success) ++done[action];
        else ++refused[action];
        bytes4 reason = success ? bytes4(0) : _selector(answer);
        if (refusal == bytes4(0)) _require(success, Rule.RefusalsHaveReasons, "refused for no reason", action);
        else _require(reason == refusal, Rule.RefusalsHaveReasons, "not refused as it must be", action);
    }

    /// @dev Which refusal an announcement meets now, 0 for none.
    function _refusalOf(Announced storage announced) internal view returns (bytes4) {
        if (announced.time == 0) return NothingRequested.selector;
        if (block.timestamp < announced.time + NOTICE) return NoticeRunning.selector;
        if (block.timestamp > announced.time + NOTICE + LAPSE) return RequestLapsed.selector;
        return bytes4(0);
    }

    /// @dev The contracts did what the books say.
    function _requireBooks(Books memory books, Action action) internal {
        Books memory now_ = _books();
        _require(now_.held == books.held, Rule.PaymentsAreExact, "another T than the rules give", action);
        for (uint256 i = 0; i < COUNT; ++i) {
            bool settled = now_.settled[i] == books.settled[i] && now_.feesPaid[i] == books.feesPaid[i];
            bool returned = now_.returned[i] == books.returned[i] && now_.loan[i] == books.loan[i];
            _require(settled, Rule.PaymentsAreExact, "another payment or fee than the rules give", action);
            _require(returned, Rule.PaymentsAreExact, "another return of a loan than the rules give", action);
            _require(
                now_.balance[i] == books.balance[i],
                Rule.PaymentsAreExact,
                "another balance than the rules give",
                action
            );
        }
    }

    function _require(bool kept, Rule rule, string memory what, Action action) internal {
        if (kept) return;
        _note(rule, string.concat(what, ": action ", vm.toString(uint256(action))));
    }

    function _note(Rule rule, string memory what) private {
        if (bytes(broken[rule]).length == 0) broken[rule] = what;
    }

    function _everybody() private view returns (Facts[COUNT] memory everybody) {
        for (uint256 i = 0; i < COUNT; ++i) {
            everybody[i] = facts(i);
        }
    }

    function _compare(Facts[COUNT] memory before) private {
        for (uint256 i = 0; i < COUNT; ++i) {
            _compare(i, before[i], facts(i));
            _released[i] = 0;
        }
    }

    function _compare(uint256 i, Facts memory before, Facts memory now_) private {
        if (now_.consumerSettled < before.consumerSettled || now_.settled < before.settled) {
            _note(Rule.TotalsNeverFall, "a settled total fell");
        } else if (now_.returned < before.returned || now_.feesPaid < before.feesPaid) {
            _note(Rule.TotalsNeverFall, "a total of returns or fees fell");
        } else if (now_.nonce < before.nonce || now_.consumerNonce < before.consumerNonce) {
            _note(Rule.TotalsNeverFall, "a nonce fell");
        } else {
            uint256 paid = now_.settled + now_.returned - before.settled - before.returned;
            if (now_.balance + paid + _released[i] < before.balance) {
                _note(Rule.BalancesFallByTheirOwnOnly, "a balance fell by more than its own payments and release");
            }
            // Nonsense wraps around, and then the tokens are not where they should be.
            unchecked {
                uint256 received = paid + before.feesPaid - now_.feesPaid;
                if (_ghosts[i].redirected) _ghosts[i].receivedElsewhere += received;
                else _ghosts[i].receivedHere += received;
            }
        }
    }
}
