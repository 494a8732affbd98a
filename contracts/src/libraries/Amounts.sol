// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOutOfRange} from "../Errors.sol";

/// @title The range of amounts (protocol section 2)
/// @notice Every amount of tokens is at most 2^128 - 1; a token with a larger supply does not belong into a registry.
library Amounts {
    // 0 < amount <= 2^128 - 1, or a revert.
    function positive(uint256 amount) internal pure returns (uint128) {
        if (amount == 0) revert AmountOutOfRange(amount);
        return inRange(amount);
    }

    // amount <= 2^128 - 1, or a revert.
    function inRange(uint256 amount) internal pure returns (uint128) {
        if (amount > type(uint128).max) revert AmountOutOfRange(amount);
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint128(amount);
    }
}
