// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What providers lend to the accountant (paper section 4.5)
/// @notice A loan is a provider's stake: its channel's balance is refilled up to it. All amounts are in token base units.
interface ILoans {
    /// @dev EIP-712 `ReturnLoan` without the channel id, which is recomputed.
    struct LoanReturn {
        uint256 totalReturned;
        uint256 deadline;
        bytes signature;
    }

    /// @notice Tokens were lent; loan and balance rose by as much.
    /// @param provider whose channel
    /// @param loan after it
    /// @param added by it
    event LoanIncreased(address indexed provider, uint256 loan, uint256 added);

    /// @notice A loan was given back, wholly or in part; loan and balance fell by as much.
    /// @param provider whose channel
    /// @param beneficiary who received it
    /// @param requested the signed total of returns; requested - returned is still open
    /// @param paid by this return
    /// @param returned total ever returned, this return included
    /// @param loan after it
    event LoanReturned(
        address indexed provider,
        address indexed beneficiary,
        uint256 requested,
        uint256 paid,
        uint256 returned,
        uint256 loan
    );

    /// @notice Pulls `amount` from the sender's allowance and adds it to the provider's loan and balance. Never blocked.
    /// @param provider whose channel
    /// @param amount above 0
    function increaseLoan(address provider, uint256 amount) external;

    /// @notice Refills the balance, then pays min(totalReturned - returned, loan, balance) to the beneficiary and lowers both. Anyone may
    /// send it, never blocked; the same message returns the rest later.
    /// @param provider whose channel
    /// @param loanReturn signed by the provider
    /// @return paid what moved, never 0
    function returnLoan(address provider, LoanReturn calldata loanReturn) external returns (uint256 paid);
}
