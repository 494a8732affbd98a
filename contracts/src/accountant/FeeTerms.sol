// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";

import {FeeTooHigh} from "../Errors.sol";
import {ProxyOnly} from "../ProxyOnly.sol";
import {IFeeTerms} from "../interfaces/accountant/IFeeTerms.sol";
import {Notice} from "../libraries/Notice.sol";

/// @title The accountant's fee
/// @notice Lowered at once, raised after a notice.
/// @dev Whoever delivers today knows the fee of the next days.
abstract contract FeeTerms is ProxyOnly, Ownable2Step, IFeeTerms {
    uint256 private constant ALL_BASIS_POINTS = 10_000;

    struct Terms {
        uint16 before;
        uint16 announced;
        uint64 effectiveFrom;
    }

    Terms private _terms;

    /// @inheritdoc IFeeTerms
    function setFee(uint16 basisPoints) external onlyThroughProxy onlyOwner {
        uint16 now_ = feeBasisPoints();
        _announce(now_, basisPoints, basisPoints > now_ ? Notice.due(Notice.time()) : Notice.time());
    }

    /// @inheritdoc IFeeTerms
    function announcedFee() external view returns (uint16 basisPoints, uint64 effectiveFrom) {
        return (_terms.announced, _terms.effectiveFrom);
    }

    /// @inheritdoc IFeeTerms
    function feeBasisPoints() public view returns (uint16) {
        Terms memory terms = _terms;
        return block.timestamp < terms.effectiveFrom ? terms.before : terms.announced;
    }

    function _announce(uint16 before, uint16 basisPoints, uint64 effectiveFrom) internal {
        if (basisPoints > ALL_BASIS_POINTS) revert FeeTooHigh(basisPoints);
        _terms = Terms(before, basisPoints, effectiveFrom);
        emit FeeAnnounced(basisPoints, effectiveFrom);
    }
}
