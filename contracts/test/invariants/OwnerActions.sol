// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {
    AccountantClosing,
    AlreadyOperator,
    NewLoansPaused,
    NotClosing,
    NothingPayable,
    NoticeRunning,
    NotOperator,
    OwnTokenNotRescued
} from "../../src/Errors.sol";
import {DevelopmentToken} from "../../src/DevelopmentToken.sol";
import {IRescue} from "../../src/interfaces/IRescue.sol";
import {IFeeTerms} from "../../src/interfaces/accountant/IFeeTerms.sol";
import {IOperatorKeys} from "../../src/interfaces/accountant/IOperatorKeys.sol";
import {IOwnerFunds} from "../../src/interfaces/accountant/IOwnerFunds.sol";
import {OperatorActions} from "./OperatorActions.sol";

/// @title What the accountant's owner does
abstract contract OwnerActions is OperatorActions {
    uint256 private constant REVOCATION_DELAY = 14 days;

    Announced internal _withdrawal;
    Announced internal _feeRaise;
    uint256 private _feeBefore;
    uint256 private _closedAt;
    bool private _paused;
    /// @dev What the owner took by withdrawals and of the stake.
    uint256 public taken;
    uint256 public stakeTaken;
    uint256 public rescued;
    DevelopmentToken public foreign;

    function setUp() public virtual override {
        super.setUp();
        foreign = new DevelopmentToken();
        (_feeRaise.amount, _feeRaise.time) = (accountant.feeBasisPoints(), 0);
    }

    function requestWithdrawal(uint256 amount) external watched {
        amount = _bound(amount, 1, MOST);
        bytes memory call = abi.encodeCall(IOwnerFunds.requestWithdrawal, (amount));
        if (_own(Action.RequestWithdrawal, call, 0)) _withdrawal = Announced(amount, block.timestamp);
    }

    function withdraw() external watched {
        Books memory books = _books();
        (,, uint256 withdrawable) = _sums(books);
        bytes4 refusal = _refusalOf(_withdrawal);
        if (refusal == bytes4(0) && withdrawable == 0) refusal = NothingPayable.selector;
        if (!_own(Action.Withdraw, abi.encodeCall(IOwnerFunds.withdraw, ()), refusal)) return;
        uint256 paid = books.held - token.balanceOf(address(accountant));
        taken += paid;
        bool announced = _refusalOf(_withdrawal) == bytes4(0) && paid <= _withdrawal.amount;
        _require(announced, Rule.OwnerWaits, "the owner withdrew more or earlier than announced", Action.Withdraw);
        delete _withdrawal;
        Books memory now_ = _books();
        (, uint256 reserved,) = _sums(now_);
        bool stays = now_.held >= reserved + now_.stake;
        _require(stays, Rule.ReservesStay, "a withdrawal left less than V + S", Action.Withdraw);
    }

    function pauseNewLoans(uint256 paused) external watched {
        bytes memory call = abi.encodeCall(IOwnerFunds.pauseNewLoans, (paused % 2 == 1));
        if (_own(Action.PauseNewLoans, call, 0)) _paused = paused % 2 == 1;
    }

    /// @dev For ever, and therefore seldom.
    function close(uint256 seed) external watched {
        if (seed % 4 != 0) return;
        bytes4 refusal = _closedAt == 0 ? bytes4(0) : AccountantClosing.selector;
        if (_own(Action.Close, abi.encodeCall(IOwnerFunds.close, ()), refusal)) _closedAt = block.timestamp;
    }

    function returnStake() external watched {
        Books memory books = _books();
        (, uint256 reserved,) = _sums(books);
        bytes4 refusal = bytes4(0);
        if (_closedAt == 0) refusal = NotClosing.selector;
        else if (block.timestamp < _closedAt + NOTICE) refusal = NoticeRunning.selector;
        else if (books.stake == 0 || books.held <= reserved) refusal = NothingPayable.selector;
        if (!_own(Action.ReturnStake, abi.encodeCall(IOwnerFunds.returnStake, ()), refusal)) return;
        uint256 paid = books.held - token.balanceOf(address(accountant));
        stakeTaken += paid;
        bool due = _closedAt != 0 && block.timestamp >= _closedAt + NOTICE;
        _require(due, Rule.OwnerWaits, "the owner took stake without closing and notice", Action.ReturnStake);
        _require(paid <= books.stake, Rule.OwnerWaits, "the owner took more than the stake", Action.ReturnStake);
        (, reserved,) = _sums(_books());
        bool stays = books.held - paid >= reserved;
        _require(stays, Rule.ReservesStay, "a return of stake left less than V", Action.ReturnStake);
    }

    function addOperator(uint256 seed) external watched {
        uint256 k = seed % KEYS;
        bytes4 refusal = _validity[k].until == FOR_EVER ? AlreadyOperator.selector : bytes4(0);
        bytes memory call = abi.encodeCall(IOperatorKeys.addOperator, (operatorAddress(k)));
        if (!_own(Action.AddOperator, call, refusal)) return;
        _validity[k] = Validity(isValid(k) ? _validity[k].from : block.timestamp + NOTICE, FOR_EVER);
    }

    function revokeOperator(uint256 seed) external watched {
        uint256 k = seed % KEYS;
        bytes4 refusal = _validity[k].until == FOR_EVER ? bytes4(0) : NotOperator.selector;
        bytes memory call = abi.encodeCall(IOperatorKeys.revokeOperator, (operatorAddress(k)));
        if (!_own(Action.RevokeOperator, call, refusal)) return;
        _validity[k].until = isValid(k) ? block.timestamp + REVOCATION_DELAY : block.timestamp;
    }

    function setFee(uint256 basisPoints) external watched {
        basisPoints = _bound(basisPoints, 0, 10_000);
        uint256 now_ = fee();
        // forge-lint: disable-next-line(unsafe-typecast)
        if (!_own(Action.SetFee, abi.encodeCall(IFeeTerms.setFee, (uint16(basisPoints))), 0)) return;
        _feeBefore = now_;
        _feeRaise = Announced(basisPoints, block.timestamp + (basisPoints > now_ ? NOTICE : 0));
    }

    /// @dev A foreign token comes out again; the own one does not.
    function rescueTokens(uint256 amount) external watched {
        amount = _bound(amount, 1, MOST);
        foreign.mint(address(accountant), amount);
        _act(Action.Rescue, stranger, address(accountant), abi.encodeCall(IRescue.rescueTokens, (address(foreign))), 0);
        rescued += amount;
        bytes memory call = abi.encodeCall(IRescue.rescueTokens, (address(token)));
        _act(Action.Rescue, owner, address(accountant), call, OwnTokenNotRescued.selector);
    }

    /// @dev The fee at the clock's time, by what the owner announced.
    function fee() public view returns (uint256) {
        return clock < _feeRaise.time ? _feeBefore : _feeRaise.amount;
    }

    function _loanRefusal() internal view override returns (bytes4) {
        if (_closedAt != 0) return AccountantClosing.selector;
        return _paused ? NewLoansPaused.selector : bytes4(0);
    }

    function _own(Action action, bytes memory call, bytes4 refusal) private returns (bool) {
        return _act(action, owner, address(accountant), call, refusal);
    }
}
