// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The accountant's price (protocol section 4)
/// @notice Its share of each payment, taken off chain; providers compute what they are owed from what stands here.
interface IFeeTerms {
    /// @notice The fee changes.
    /// @param basisPoints the new fee
    /// @param effectiveFrom when, in seconds since 1970: at once for a lower fee, after 4 days for a higher one
    event FeeAnnounced(uint16 basisPoints, uint256 effectiveFrom);

    /// @notice Lowers the fee at once or raises it in 4 days; either replaces a raise that is not effective yet. Only the owner.
    /// @param basisPoints the new fee, at most 10,000
    function setFee(uint16 basisPoints) external;

    /// @notice The fee now, in basis points.
    function feeBasisPoints() external view returns (uint16);

    /// @notice The fee after the last announcement; it is the fee now once its time has come.
    /// @return basisPoints the fee
    /// @return effectiveFrom when, in seconds since 1970
    function announcedFee() external view returns (uint16 basisPoints, uint64 effectiveFrom);
}
