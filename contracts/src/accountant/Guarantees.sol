// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {InsufficientFunds, NothingPayable} from "../Errors.sol";
import {IGuarantees} from "../interfaces/accountant/IGuarantees.sol";
import {Amounts} from "../libraries/Amounts.sol";
import {Notice} from "../libraries/Notice.sol";
import {ChannelBook} from "./ChannelBook.sol";
import {OperatorKeys} from "./OperatorKeys.sol";

/// @title Balances above loans
/// @notice Raised by an operator at once, lowered after a notice.
abstract contract Guarantees is ChannelBook, OperatorKeys, IGuarantees {
    mapping(address provider => Notice.Request) private _releases;

    /// @inheritdoc IGuarantees
    function lockFunds(address provider, uint256 amount) external onlyThroughProxy nonReentrant onlyOperator {
        _requireProvider(provider);
        Amounts.positive(amount);
        uint256 held = _held();
        // Where something is withdrawable, every balance can be refilled up to its loan.
        _refill(provider, held);
        uint256 available = _withdrawable(held);
        if (amount > available) revert InsufficientFunds(amount, available);
        Entry storage entry = _entries[provider];
        uint256 balance = entry.balance + amount;
        _write(entry, entry.loan, balance);
        emit FundsLocked(provider, balance, amount);
        if (_releases[provider].requestedAt != 0) {
            delete _releases[provider];
            emit ReleaseCancelled(provider);
        }
    }

    /// @inheritdoc IGuarantees
    function requestRelease(address provider, uint256 amount) external onlyThroughProxy nonReentrant onlyOperator {
        uint256 excess = _excess(_entries[provider]);
        if (amount > excess) revert InsufficientFunds(amount, excess);
        _releases[provider] = Notice.request(Amounts.positive(amount));
        emit ReleaseRequested(provider, amount, Notice.due(Notice.time()), Notice.lapse(Notice.time()));
    }

    /// @inheritdoc IGuarantees
    function finalizeRelease(address provider)
        external
        onlyThroughProxy
        nonReentrant
        onlyOperator
        returns (uint256 released)
    {
        Notice.Request memory request = _releases[provider];
        Notice.requireDue(request.requestedAt);
        Entry storage entry = _entries[provider];
        released = Math.min(request.amount, _excess(entry));
        if (released == 0) revert NothingPayable(request.amount);
        delete _releases[provider];
        uint256 balance = entry.balance - released;
        _write(entry, entry.loan, balance);
        emit FundsReleased(provider, balance, released);
    }

    /// @inheritdoc IGuarantees
    function releaseRequest(address provider)
        external
        view
        returns (uint256 amount, uint256 finalizableAt, uint256 lapsesAt)
    {
        return Notice.times(_releases[provider]);
    }

    // What of the balance lies above the loan.
    function _excess(Entry storage entry) private view returns (uint256) {
        return Math.saturatingSub(entry.balance, entry.loan);
    }
}
