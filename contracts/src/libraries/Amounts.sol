// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOutOfRange} from "../Errors.sol";

/// @title The range of every amount of tokens in the protocol: at most 2^128 - 1 (protocol section 2)
/// @dev A token whose supply exceeds the range does not belong into a registry.
library Amounts {
    /// @notice 0 < amount <= 2^128 - 1, or a revert.
    function positive(uint256 amount) internal pure returns (uint128) {
        if (amount == 0) revert AmountOutOfRange(amount);
        return inRange(amount);
    }

    /// @notice amount <= 2^128 - 1, or a revert.
    function inRange(uint256 amount) internal pure returns (uint128) {
        if (amount > type(uint128).max) revert AmountOutOfRange(amount);
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint128(amount);
    }
}
