// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the owner may take, when, and how the accountant closes (protocol section 6)
/// @notice Nothing here stops a payout. All amounts are in token base units.
interface IOwnerFunds {
    /// @notice The owner will take tokens that are nobody's; until then providers settle from them.
    /// @param amount at most
    /// @param finalizableAt the earliest time, in seconds since 1970
    /// @param lapsesAt the latest time, in seconds since 1970
    event WithdrawalRequested(uint256 amount, uint256 finalizableAt, uint256 lapsesAt);

    /// @notice The owner took tokens that were nobody's.
    /// @param owner who received them
    /// @param requested what was announced
    /// @param paid what was there
    event Withdrawn(address indexed owner, uint256 requested, uint256 paid);

    /// @notice Registrations with a loan are refused from now on, or taken again.
    /// @param paused whether they are refused
    event NewLoansPauseChanged(bool paused);

    /// @notice The accountant closes for ever.
    /// @param stakeReturnableAt when the owner may begin to take the stake, in seconds since 1970
    event ClosingStarted(uint256 stakeReturnableAt);

    /// @notice The owner took stake.
    /// @param owner who received it
    /// @param paid by this return
    /// @param stake S after it
    event StakeReturned(address indexed owner, uint256 paid, uint256 stake);

    /// @notice Announces a withdrawal; it replaces an earlier one, and its notice starts again. Only the owner.
    /// @param amount above 0
    function requestWithdrawal(uint256 amount) external;

    /// @notice Pays the owner min(requested, withdrawable), from 4 to 11 days after the request. Only the owner.
    /// @return paid what moved, never 0
    function withdraw() external returns (uint256 paid);

    /// @notice Refuses or takes registrations with a loan. Only the owner.
    /// @param paused whether they are refused
    function pauseNewLoans(bool paused) external;

    /// @notice Closes for ever: no new loans, and 4 days later the stake may be taken. Only the owner.
    function close() external;

    /// @notice Pays the owner of a closing accountant min(S, T - V) and lowers S; again when more came in. Only the owner.
    /// @return paid what moved, never 0
    function returnStake() external returns (uint256 paid);

    /// @notice Whether the owner refuses registrations with a loan.
    function newLoansPaused() external view returns (bool);

    /// @notice When the accountant began to close, in seconds since 1970; 0 for never.
    function closingSince() external view returns (uint256);

    /// @notice The latest withdrawal request, all zero for none. It may have lapsed.
    /// @return amount at most
    /// @return finalizableAt the earliest time, in seconds since 1970
    /// @return lapsesAt the latest time, in seconds since 1970
    function withdrawalRequest() external view returns (uint256 amount, uint256 finalizableAt, uint256 lapsesAt);
}
