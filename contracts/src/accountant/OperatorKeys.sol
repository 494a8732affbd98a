// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {AlreadyOperator, NotOperator, OnlyOperator, ZeroAddress} from "../Errors.sol";
import {ProxyOnly} from "../ProxyOnly.sol";
import {IOperatorKeys} from "../interfaces/accountant/IOperatorKeys.sol";
import {Notice} from "../libraries/Notice.sol";

/// @title The keys that sign for the accountant
/// @notice Added and revoked by the owner, with delays that everybody can see.
/// @dev A new key waits as long as a withdrawal does: else an owner who sees a recovery coming could promise everything to himself.
abstract contract OperatorKeys is ProxyOnly, Ownable2Step, IOperatorKeys {
    uint64 private constant REVOCATION_DELAY = 14 days;
    uint64 private constant FOR_EVER = type(uint64).max;

    struct Validity {
        uint64 from;
        uint64 until;
    }

    mapping(address operator => Validity) private _validity;

    modifier onlyOperator() {
        _requireOperator();
        _;
    }

    /// @inheritdoc IOperatorKeys
    function addOperator(address operator) external onlyThroughProxy onlyOwner {
        if (operator == address(0)) revert ZeroAddress();
        Validity storage validity = _validity[operator];
        if (validity.until == FOR_EVER) revert AlreadyOperator(operator);
        if (isOperator(operator)) {
            validity.until = FOR_EVER;
            emit OperatorAdded(operator, validity.from);
        } else {
            _add(operator, Notice.due(Notice.time()));
        }
    }

    /// @inheritdoc IOperatorKeys
    function revokeOperator(address operator) external onlyThroughProxy onlyOwner {
        Validity storage validity = _validity[operator];
        if (validity.until != FOR_EVER) revert NotOperator(operator);
        uint64 until = isOperator(operator) ? Notice.time() + REVOCATION_DELAY : Notice.time();
        validity.until = until;
        emit OperatorRevoked(operator, until);
    }

    /// @inheritdoc IOperatorKeys
    function operatorValidity(address operator) external view returns (uint64 validFrom, uint64 validUntil) {
        Validity memory validity = _validity[operator];
        return (validity.from, validity.until);
    }

    /// @inheritdoc IOperatorKeys
    function isOperator(address operator) public view returns (bool) {
        Validity memory validity = _validity[operator];
        return validity.from <= block.timestamp && block.timestamp < validity.until;
    }

    function _add(address operator, uint64 from) internal {
        _validity[operator] = Validity(from, FOR_EVER);
        emit OperatorAdded(operator, from);
    }

    function _requireOperator() private view {
        if (!isOperator(msg.sender)) revert OnlyOperator();
    }
}
