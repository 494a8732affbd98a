// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DevelopmentToken} from "../../src/DevelopmentToken.sol";
import {Accountant} from "../../src/accountant/Accountant.sol";

/// @title Calls somebody while it moves, before the balances change
contract ReentrantToken is DevelopmentToken {
    address private _target;
    bytes private _data;
    /// @notice How often it called.
    uint256 public calls;
    /// @notice Whether the last call went through.
    bool public served;
    /// @notice What the last call was refused with.
    bytes public refusal;

    /// @notice All that ever went from one to another.
    mapping(address from => mapping(address to => uint256)) public moved;

    /// @notice Calls once, at the next movement.
    function arm(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    function accept(Accountant accountant) external {
        accountant.acceptOwnership();
    }

    function _update(address from, address to, uint256 value) internal override {
        if (_target != address(0)) {
            address armed = _target;
            _target = address(0);
            bytes memory answer;
            (served, answer) = armed.call(_data);
            refusal = served ? bytes("") : answer;
            ++calls;
        }
        super._update(from, to, value);
        moved[from][to] += value;
    }
}
