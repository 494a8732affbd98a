// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Whose signature is the accountant's (protocol section 6)
/// @notice The owner adds and revokes keys, in front of everybody's eyes: a new key signs after 4 days, a revoked one for 14 more days.
interface IOperatorKeys {
    /// @notice A key will sign for the accountant.
    /// @param operator its address
    /// @param validFrom when its signatures begin to hold, in seconds since 1970
    event OperatorAdded(address indexed operator, uint256 validFrom);

    /// @notice A key will not sign for the accountant any more; whoever holds its promises settles or renews them before.
    /// @param operator its address
    /// @param validUntil when its signatures cease to hold, in seconds since 1970, exclusive
    event OperatorRevoked(address indexed operator, uint256 validUntil);

    /// @notice Adds a key, valid after 4 days; for a valid key that is being revoked it takes that back at once. Only the owner.
    /// @param operator its address
    function addOperator(address operator) external;

    /// @notice Revokes a key: it holds for 14 more days, or never if its notice still runs. Only the owner.
    /// @param operator its address
    function revokeOperator(address operator) external;

    /// @notice Whether this key's signature makes a promise now.
    /// @param operator its address
    function isOperator(address operator) external view returns (bool);

    /// @notice When the key's signatures hold, in seconds since 1970; both 0 for an unknown key.
    /// @param operator its address
    /// @return validFrom the first second
    /// @return validUntil the second after the last one
    function operatorValidity(address operator) external view returns (uint64 validFrom, uint64 validUntil);
}
