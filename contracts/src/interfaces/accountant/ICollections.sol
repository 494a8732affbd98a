// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Cashing consumers' promises into the accountant's contract (paper section 4.2)
/// @notice All amounts are in token base units.
interface ICollections {
    /// @dev One consumer promise with R; the identity's channel is recomputed.
    struct Collection {
        address identity;
        uint256 amount;
        bytes32 agreementHash;
        bytes32 lock;
        bytes signature;
    }

    /// @notice Settles many consumer promises into this contract; a bad row fails alone and is reported by `RowFailed`. Anyone.
    /// What a row paid stands in the consumer channel's own `PromiseSettled`.
    /// @param rows settled in this order
    function collect(Collection[] calldata rows) external;
}
