// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Paying many providers by the operator's own transaction (paper section 4.5)
/// @notice Cheaper than signed promises: the operator is the sender, so no row needs a signature.
interface IPackedPayments {
    /// @notice Pays many providers up to totals that the operator names, as promises of these totals would. Only an operator: the
    /// transaction is its signature. A bad row fails alone and is reported by `RowFailed`.
    /// @param rows one after the other, each of 36 bytes: provider (20), total (16)
    function payProviders(bytes calldata rows) external;
}
