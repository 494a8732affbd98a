// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {OnlyThroughProxy} from "./Errors.sol";

/// @title Makes an implementation inert
/// @notice Its code runs behind proxies only.
abstract contract ProxyOnly {
    address private immutable _implementation = address(this);

    modifier onlyThroughProxy() {
        _requireProxy();
        _;
    }

    function _requireProxy() private view {
        if (address(this) == _implementation) revert OnlyThroughProxy();
    }
}
