// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {TokenNotPlain} from "../Errors.sol";

/// @title Holds a token to its promise of being plain
/// @notice What is written into the books as lent or staked must have come in, to the last unit.
library PlainToken {
    function requireReceived(IERC20 token, address receiver, uint256 before, uint256 sent) internal view {
        uint256 received = token.balanceOf(receiver) - before;
        if (received < sent) revert TokenNotPlain(sent, received);
    }
}
