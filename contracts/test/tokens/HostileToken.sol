// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DevelopmentToken} from "../../src/DevelopmentToken.sol";

/// @title Answers and moves in all the ways that tokens have
contract HostileToken is DevelopmentToken {
    error NotToday();

    enum Mood {
        Plain,
        /// Answers nothing.
        Silent,
        /// Moves nothing and says so.
        False,
        Reverting,
        /// Keeps one unit of every transfer.
        Taking
    }

    Mood private _mood;
    mapping(address receiver => bool) private _blocked;

    function become(Mood mood) external {
        _mood = mood;
    }

    /// @notice Refuses a receiver, as issuers of stablecoins do.
    function block_(address receiver) external {
        _blocked[receiver] = true;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (_mood == Mood.False) return false;
        return _answer(super.transfer(to, amount));
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        if (_mood == Mood.False) return false;
        return _answer(super.transferFrom(from, to, amount));
    }

    function _answer(bool success) private view returns (bool) {
        if (_mood == Mood.Silent) {
            assembly ("memory-safe") {
                return(0, 0)
            }
        }
        return success;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (_mood == Mood.Reverting || _blocked[to]) revert NotToday();
        super._update(from, to, value);
        if (_mood == Mood.Taking && from != address(0) && value != 0) super._update(to, address(0), 1);
    }
}
