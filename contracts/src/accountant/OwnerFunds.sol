// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {AccountantClosing, NotClosing, NothingPayable} from "../Errors.sol";
import {IOwnerFunds} from "../interfaces/accountant/IOwnerFunds.sol";
import {Amounts} from "../libraries/Amounts.sol";
import {Notice} from "../libraries/Notice.sol";
import {ChannelBook} from "./ChannelBook.sol";

/// @title What the owner may take
/// @notice Tokens that are nobody's, and the stake of a closing accountant.
/// @dev Only after a notice, in which providers settle from the same tokens [an owner who watches the mempool could otherwise collect
/// and withdraw before any recovery].
abstract contract OwnerFunds is ChannelBook, Ownable2Step, IOwnerFunds {
    using SafeERC20 for IERC20;

    Notice.Request private _withdrawal;
    uint64 internal _closingSince;
    /// @inheritdoc IOwnerFunds
    bool public newLoansPaused;

    /// @inheritdoc IOwnerFunds
    function requestWithdrawal(uint256 amount) external onlyThroughProxy onlyOwner {
        _withdrawal = Notice.request(Amounts.positive(amount));
        emit WithdrawalRequested(amount, Notice.due(Notice.time()), Notice.lapse(Notice.time()));
    }

    /// @inheritdoc IOwnerFunds
    function withdraw() external onlyThroughProxy nonReentrant onlyOwner returns (uint256 paid) {
        Notice.Request memory request = _withdrawal;
        Notice.requireDue(request.requestedAt);
        paid = Math.min(request.amount, _withdrawable(_held()));
        if (paid == 0) revert NothingPayable(request.amount);
        delete _withdrawal;
        emit Withdrawn(msg.sender, request.amount, paid);
        IERC20(token).safeTransfer(msg.sender, paid);
    }

    /// @inheritdoc IOwnerFunds
    function pauseNewLoans(bool paused) external onlyThroughProxy onlyOwner {
        newLoansPaused = paused;
        emit NewLoansPauseChanged(paused);
    }

    /// @inheritdoc IOwnerFunds
    function close() external onlyThroughProxy onlyOwner {
        if (_closingSince != 0) revert AccountantClosing();
        _closingSince = Notice.time();
        emit ClosingStarted(Notice.due(Notice.time()));
    }

    /// @inheritdoc IOwnerFunds
    function returnStake() external onlyThroughProxy nonReentrant onlyOwner returns (uint256 paid) {
        if (_closingSince == 0) revert NotClosing();
        Notice.requirePassed(Notice.due(_closingSince));
        uint256 left = _stake;
        paid = Math.min(left, _unreserved(_held()));
        if (paid == 0) revert NothingPayable(left);
        _stake = Amounts.inRange(left - paid);
        emit StakeReturned(msg.sender, paid, left - paid);
        IERC20(token).safeTransfer(msg.sender, paid);
    }

    /// @inheritdoc IOwnerFunds
    function closingSince() external view returns (uint256) {
        return _closingSince;
    }

    /// @inheritdoc IOwnerFunds
    function withdrawalRequest() external view returns (uint256 amount, uint256 finalizableAt, uint256 lapsesAt) {
        return Notice.times(_withdrawal);
    }
}
