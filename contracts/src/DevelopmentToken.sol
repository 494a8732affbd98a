// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A token worth nothing, for development chains and tests only
/// @notice Anyone mints any amount. Never give a registry of real value this token.
contract DevelopmentToken is ERC20 {
    constructor() ERC20("Accountant Development Token", "DEV") {}

    /// @notice Creates tokens out of nothing, for anyone.
    /// @param to who gets them
    /// @param amount in token base units
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}
