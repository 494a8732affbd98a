// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the operator guarantees a provider beyond its loan (paper section 4.5)
/// @notice Balances above the loan, taken from withdrawable tokens. All amounts are in token base units.
interface IGuarantees {
    /// @notice A balance was raised above its loan.
    /// @param provider whose channel
    /// @param balance after it
    /// @param added by it
    event FundsLocked(address indexed provider, uint256 balance, uint256 added);

    /// @notice A guarantee will be lowered; the provider settles what counts on it before.
    /// @param provider whose channel
    /// @param amount at most
    /// @param finalizableAt the earliest time, in seconds since 1970
    /// @param lapsesAt the latest time, in seconds since 1970
    event ReleaseRequested(address indexed provider, uint256 amount, uint256 finalizableAt, uint256 lapsesAt);

    /// @notice A later lock made a request void.
    /// @param provider whose channel
    event ReleaseCancelled(address indexed provider);

    /// @notice A balance was lowered, not below the loan.
    /// @param provider whose channel
    /// @param balance after it
    /// @param released by it
    event FundsReleased(address indexed provider, uint256 balance, uint256 released);

    /// @notice Refills the balance, then raises it above the loan out of withdrawable tokens; cancels an open release. Only an operator.
    /// @param provider whose channel
    /// @param amount at most what is withdrawable
    function lockFunds(address provider, uint256 amount) external;

    /// @notice Announces a release; it replaces an earlier one, and its notice starts again. Only an operator.
    /// @param provider whose channel
    /// @param amount at most balance - loan now
    function requestRelease(address provider, uint256 amount) external;

    /// @notice Lowers the balance by min(requested, balance - loan), from 4 to 11 days after the request. Only an operator.
    /// @param provider whose channel
    /// @return released by how much, never 0
    function finalizeRelease(address provider) external returns (uint256 released);

    /// @notice The latest release request, all zero for none. It may have lapsed.
    /// @param provider whose channel
    /// @return amount at most
    /// @return finalizableAt the earliest time, in seconds since 1970
    /// @return lapsesAt the latest time, in seconds since 1970
    function releaseRequest(address provider)
        external
        view
        returns (uint256 amount, uint256 finalizableAt, uint256 lapsesAt);
}
