// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {NoticeRunning, NothingRequested, RequestLapsed} from "../Errors.sol";

/// @title Requests that everybody can see before they take effect (protocol section 6)
/// @notice Carried out from NOTICE to NOTICE + LAPSE after the request, both ends included; then they lapse.
library Notice {
    /// @notice Seconds in which the others may still settle.
    uint64 internal constant NOTICE = 4 days;
    /// @notice Seconds after the notice in which the request can be carried out.
    uint64 internal constant LAPSE = 7 days;

    /// @dev An amount that was requested; all zero for none.
    struct Request {
        uint128 amount;
        uint64 requestedAt;
    }

    // block.timestamp.
    function time() internal view returns (uint64) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return uint64(block.timestamp);
    }

    function due(uint64 requestedAt) internal pure returns (uint64) {
        return requestedAt + NOTICE;
    }

    function lapse(uint64 requestedAt) internal pure returns (uint64) {
        return requestedAt + NOTICE + LAPSE;
    }

    function requireDue(uint64 requestedAt) internal view {
        if (requestedAt == 0) revert NothingRequested();
        requirePassed(due(requestedAt));
        if (block.timestamp > lapse(requestedAt)) revert RequestLapsed(lapse(requestedAt));
    }

    function requirePassed(uint64 until) internal view {
        if (block.timestamp < until) revert NoticeRunning(until);
    }

    // Amount, earliest and latest time; all zero for no request.
    function times(Request memory request_) internal pure returns (uint256, uint256, uint256) {
        if (request_.requestedAt == 0) return (0, 0, 0);
        return (request_.amount, due(request_.requestedAt), lapse(request_.requestedAt));
    }

    // A request made now.
    function request(uint128 amount) internal view returns (Request memory) {
        return Request(amount, time());
    }
}
