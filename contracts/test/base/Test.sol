// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "./Vm.sol";

/// @title What every test has: forge's cheat codes, and numbers bent into a range
abstract contract Test {
    // forge-lint: disable-next-line(screaming-snake-case-const)
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev Both ends included, and hit more often than by chance: a fuzzer's small and huge numbers land on them.
    function _bound(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value >= low && value <= high) return value;
        uint256 width = high - low + 1;
        if (value <= 3 && width > value) return low + value;
        if (value >= type(uint256).max - 3 && width > type(uint256).max - value) {
            return high - (type(uint256).max - value);
        }
        return low + value % width;
    }

    function _min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }

    /// @dev Which error the revert data is of.
    function _selector(bytes memory reason) internal pure returns (bytes4) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return bytes4(reason);
    }
}
