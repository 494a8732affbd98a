// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

import {AlreadyInitialized, OwnershipNotRenounceable} from "../Errors.sol";
import {IAccountant} from "../interfaces/accountant/IAccountant.sol";
import {Notice} from "../libraries/Notice.sol";
import {Rescue} from "../libraries/Rescue.sol";
import {ChannelBook} from "./ChannelBook.sol";
import {Collections} from "./Collections.sol";
import {FeeTerms} from "./FeeTerms.sol";
import {Guarantees} from "./Guarantees.sol";
import {PackedPayments} from "./PackedPayments.sol";
import {Recovery} from "./Recovery.sol";

/// @title The accountant on chain: its funds and all of its provider channels
/// @notice The owner owns what is nobody else's; the operator's signature pays providers. Neither can stop a payout.
/// @dev Implementation behind plain EIP-1167 proxies, one per accountant; see `ChannelBook` for what is immutable and what is stored.
contract Accountant is PackedPayments, Recovery, Guarantees, FeeTerms, IAccountant {
    // Deployed by the registry, which then owns the implementation and can do nothing with it.
    constructor(address token_, uint256 minimumStake_, address consumerChannelImplementation_)
        ChannelBook(token_, minimumStake_)
        Collections(consumerChannelImplementation_)
        Ownable(msg.sender)
    {}

    /// @notice Sets what is this accountant's own. The registry calls it once, in the call that creates the proxy.
    /// @param owner_ who owns the funds that are nobody else's
    /// @param operator whose signature makes a promise, from now on
    /// @param stake_ S
    /// @param feeBasisPoints_ the accountant's share of each payment, taken off chain, from now on
    function initialize(address owner_, address operator, uint128 stake_, uint16 feeBasisPoints_)
        external
        onlyThroughProxy
        onlyRegistry
    {
        if (owner() != address(0)) revert AlreadyInitialized();
        _transferOwnership(owner_);
        _add(operator, Notice.time());
        _stake = stake_;
        _announce(feeBasisPoints_, feeBasisPoints_, Notice.time());
    }

    /// @notice Sends all of a foreign token to the owner. Reverts for the accountant's own token.
    /// @param foreign the foreign ERC-20
    function rescueTokens(address foreign) external onlyThroughProxy nonReentrant {
        Rescue.foreignTokens(token, foreign, owner());
    }

    /// @notice Sends all ether to the owner.
    function rescueEther() external onlyThroughProxy nonReentrant {
        Rescue.allEther(owner());
    }

    /// @inheritdoc IAccountant
    function owner() public view override(IAccountant, Ownable) returns (address) {
        return super.owner();
    }

    /// @notice Never: an accountant without an owner could never return its stake.
    function renounceOwnership() public pure override {
        revert OwnershipNotRenounceable();
    }
}
