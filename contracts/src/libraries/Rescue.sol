// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {NothingToRescue, OwnTokenNotRescued} from "../Errors.sol";
import {IRescue} from "../interfaces/IRescue.sol";

/// @title How a contract gives back what is not its business
/// @notice Emits the events of `IRescue`.
library Rescue {
    using SafeERC20 for IERC20;

    // `own` is the token that must stay; some tokens answer at two addresses, so its balance is compared too.
    function foreignTokens(address own, address foreign, address to) internal {
        if (foreign == own) revert OwnTokenNotRescued();
        uint256 ownBefore = IERC20(own).balanceOf(address(this));
        allTokens(foreign, to);
        if (IERC20(own).balanceOf(address(this)) < ownBefore) revert OwnTokenNotRescued();
    }

    function allTokens(address token, address to) internal {
        uint256 amount = IERC20(token).balanceOf(address(this));
        if (amount == 0) revert NothingToRescue();
        emit IRescue.TokensRescued(token, to, amount);
        IERC20(token).safeTransfer(to, amount);
    }

    function allEther(address to) internal {
        uint256 amount = address(this).balance;
        if (amount == 0) revert NothingToRescue();
        emit IRescue.EtherRescued(to, amount);
        Address.sendValue(payable(to), amount);
    }
}
