// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {AccountantClosing, AlreadyReturned, NewLoansPaused, NewLoansRefused, NothingPayable} from "../Errors.sol";
import {ILoans} from "../interfaces/accountant/ILoans.sol";
import {Amounts} from "../libraries/Amounts.sol";
import {Messages} from "../libraries/Messages.sol";
import {PlainToken} from "../libraries/PlainToken.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {OwnerFunds} from "./OwnerFunds.sol";

/// @title Providers' loans, taken and given back
/// @notice Counted in balances at once, and returned at any status.
abstract contract Loans is OwnerFunds, ILoans {
    using SafeERC20 for IERC20;

    /// @notice Takes what a registering identity wants in its provider channel. The registry calls it after the loan's tokens came.
    /// @param provider the identity
    /// @param beneficiary where its settlements go; 0 changes nothing, and so does a beneficiary once the provider has signed for one
    /// @param loan 0 for none, which is never refused
    function openChannel(address provider, address beneficiary, uint256 loan)
        external
        onlyThroughProxy
        onlyRegistry
        nonReentrant
    {
        // The registration has no nonce: whatever the provider signed with one is newer.
        if (beneficiary != address(0) && _entries[provider].head.nonce == 0) {
            _redirect(provider, beneficiary);
        }
        if (loan == 0) return;
        if (_closingSince != 0) revert AccountantClosing();
        if (newLoansPaused) revert NewLoansPaused();
        uint256 free = _free(_held()) - loan;
        if (free < _minimumStake) revert NewLoansRefused(free, _minimumStake);
        _lend(provider, loan);
    }

    /// @inheritdoc ILoans
    function increaseLoan(address provider, uint256 amount) external onlyThroughProxy nonReentrant {
        _requireProvider(provider);
        uint256 before = _held();
        _lend(provider, Amounts.positive(amount));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
        PlainToken.requireReceived(IERC20(token), address(this), before, amount);
    }

    /// @inheritdoc ILoans
    function returnLoan(address provider, LoanReturn calldata loanReturn)
        external
        onlyThroughProxy
        nonReentrant
        returns (uint256 paid)
    {
        uint256 returned = _entries[provider].returned;
        if (loanReturn.totalReturned <= returned) revert AlreadyReturned(loanReturn.totalReturned, returned);
        paid = _returnLoan(provider, loanReturn);
        if (paid == 0) revert NothingPayable(loanReturn.totalReturned - returned);
    }

    // For a total above what was returned. 0 when there is nothing to pay with.
    function _returnLoan(address provider, LoanReturn calldata loanReturn) internal returns (uint256 paid) {
        Amounts.inRange(loanReturn.totalReturned);
        Signatures.requireInTime(loanReturn.deadline);
        bytes32 structHash = Messages.returnLoan(_channelId(provider), loanReturn.totalReturned, loanReturn.deadline);
        Signatures.requireSigner(provider, address(this), structHash, loanReturn.signature);

        _refill(provider, _held());
        Entry storage entry = _entries[provider];
        (uint256 loan, uint256 balance, uint256 returned) = (entry.loan, entry.balance, entry.returned);
        paid = Math.min(loanReturn.totalReturned - returned, Math.min(loan, balance));
        if (paid == 0) return 0;
        entry.returned = Amounts.inRange(returned + paid);
        _write(entry, loan - paid, balance - paid);
        address beneficiary = _receiver(provider, entry, entry.head);
        emit LoanReturned(provider, beneficiary, loanReturn.totalReturned, paid, returned + paid, loan - paid);
        IERC20(token).safeTransfer(beneficiary, paid);
    }

    // Adds tokens to loan and balance that are here already, or come before this call ends.
    function _lend(address provider, uint256 amount) private {
        Entry storage entry = _entries[provider];
        uint256 loan = entry.loan + amount;
        _write(entry, loan, entry.balance + amount);
        emit LoanIncreased(provider, loan, amount);
    }
}
