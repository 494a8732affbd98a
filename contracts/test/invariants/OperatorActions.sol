// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {InsufficientFunds, NothingPayable, OnlyOperator} from "../../src/Errors.sol";
import {IGuarantees} from "../../src/interfaces/accountant/IGuarantees.sol";
import {IPackedPayments} from "../../src/interfaces/accountant/IPackedPayments.sol";
import {RecoveryActions} from "./RecoveryActions.sol";

/// @title What an operator sends itself
abstract contract OperatorActions is RecoveryActions {
    function lockFunds(uint256 i, uint256 amount, uint256 operator_) external watched {
        i = _pick(i);
        uint256 k = _operatorFor(operator_);
        Books memory books = _books();
        (,, uint256 withdrawable) = _sums(books);
        amount = _bound(amount, 1, withdrawable + 2);
        bytes4 refusal = amount > withdrawable ? InsufficientFunds.selector : bytes4(0);
        if (!isValid(k)) refusal = OnlyOperator.selector;
        _lockIn(books, i, amount);
        bytes memory call = abi.encodeCall(IGuarantees.lockFunds, (identity[i], amount));
        if (!_act(Action.LockFunds, operatorAddress(k), address(accountant), call, refusal)) return;
        delete _ghosts[i].release;
        Books memory now_ = _books();
        (, uint256 reserved,) = _sums(now_);
        bool stays = now_.held >= reserved + now_.stake;
        _require(stays, Rule.ReservesStay, "a lock left less than V + S", Action.LockFunds);
        _requireBooks(books, Action.LockFunds);
    }

    function requestRelease(uint256 i, uint256 amount, uint256 operator_) external watched {
        i = _pick(i);
        uint256 k = _operatorFor(operator_);
        uint256 excess = _excess(i);
        amount = _bound(amount, 1, excess + 2);
        bytes4 refusal = amount > excess ? InsufficientFunds.selector : bytes4(0);
        if (!isValid(k)) refusal = OnlyOperator.selector;
        bytes memory call = abi.encodeCall(IGuarantees.requestRelease, (identity[i], amount));
        if (!_act(Action.RequestRelease, operatorAddress(k), address(accountant), call, refusal)) return;
        _ghosts[i].release = Announced(amount, block.timestamp);
    }

    /// @dev Mostly of a balance whose release was requested.
    function finalizeRelease(uint256 i, uint256 operator_) external watched {
        for (uint256 tries = 0; tries < COUNT && _ghosts[_pick(i)].release.time == 0; ++tries) {
            i = i / 2 + 1;
        }
        i = _pick(i);
        uint256 k = _operatorFor(operator_);
        Books memory books = _books();
        uint256 released = _min(_ghosts[i].release.amount, _excess(i));
        bytes4 refusal = _refusalOf(_ghosts[i].release);
        if (refusal == bytes4(0) && released == 0) refusal = NothingPayable.selector;
        if (!isValid(k)) refusal = OnlyOperator.selector;
        bytes memory call = abi.encodeCall(IGuarantees.finalizeRelease, (identity[i]));
        if (!_act(Action.FinalizeRelease, operatorAddress(k), address(accountant), call, refusal)) return;
        if (refusal != bytes4(0)) return;
        delete _ghosts[i].release;
        _released[i] = released;
        books.balance[i] -= released;
        _requireBooks(books, Action.FinalizeRelease);
    }

    function payProviders(uint256 i, uint256 total, uint256 j, uint256 otherTotal, uint256 operator_) external watched {
        (i, j) = (_pick(i), _pick(j));
        uint256 k = _operatorFor(operator_);
        total = _signProviderTotal(i, total, k);
        otherTotal = _signProviderTotal(j, otherTotal, k);
        // An empty row, one of nobody, and i's a second time are refused each alone.
        bytes memory rows = bytes.concat(
            _packed(i, total), _packed(i, 0), _packed(j, otherTotal), new bytes(35), hex"01", _packed(i, total)
        );
        bytes memory call = abi.encodeCall(IPackedPayments.payProviders, (rows));
        Books memory books = _books();
        bytes4 refusal = OnlyOperator.selector;
        if (isValid(k)) {
            refusal = 0;
            _settleIn(books, i, total, 0, SignedFee(0, 0));
            _settleIn(books, j, otherTotal, 0, SignedFee(0, 0));
            _settleIn(books, i, total, 0, SignedFee(0, 0));
        }
        if (!_act(Action.PayProviders, operatorAddress(k), address(accountant), call, refusal)) return;
        _requireBooks(books, Action.PayProviders);
    }

    function _packed(uint256 i, uint256 total) private view returns (bytes memory) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return bytes.concat(bytes20(identity[i]), bytes16(uint128(total)));
    }

    function _excess(uint256 i) private view returns (uint256) {
        Facts memory now_ = facts(i);
        return now_.balance > now_.loan ? now_.balance - now_.loan : 0;
    }
}
