// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {OnlyRegistry, OnlySelf} from "../Errors.sol";
import {ProxyOnly} from "../ProxyOnly.sol";
import {IAccountant} from "../interfaces/IAccountant.sol";
import {Amounts} from "../libraries/Amounts.sol";

/// @title The books of an accountant (protocol section 6)
/// @notice What lies in its contract (T), and what of it is spoken for (L, V, S).
/// @dev Every change of a loan or a balance goes
/// through `_write`, which keeps L and V. What all accountants of a registry share is immutable in this implementation's bytecode
/// (the cheapest read, and nobody can set it); what is each accountant's own is storage, set by the registry in the call that
/// creates the proxy.
abstract contract ChannelBook is IAccountant, ProxyOnly, ReentrancyGuardTransient {
    /// @inheritdoc IAccountant
    address public immutable token;
    /// @inheritdoc IAccountant
    address public immutable registry;
    uint256 internal immutable _minimumStake;

    mapping(address provider => ProviderChannel) internal _channels;
    /// @dev L. 128 bits hold it as long as the token's supply is below 2^128.
    uint128 private _lockedFunds;
    /// @dev V.
    uint128 private _reservedFunds;
    /// @dev S. Nominal: settling and rebalancing may use the tokens, and never lower it.
    uint128 internal _stake;
    uint16 internal _feeBasisPoints;

    modifier onlyRegistry() {
        _requireRegistry();
        _;
    }

    /// @dev For the rows of batches.
    modifier onlySelf() {
        _requireSelf();
        _;
    }

    constructor(address token_, uint256 minimumStake_) {
        token = token_;
        registry = msg.sender;
        _minimumStake = minimumStake_;
    }

    /// @inheritdoc IAccountant
    function channel(address provider) external view returns (ProviderChannel memory) {
        return _channels[provider];
    }

    /// @inheritdoc IAccountant
    function channelId(address provider) external view returns (bytes32) {
        return _channelId(provider);
    }

    /// @inheritdoc IAccountant
    function feeBasisPoints() external view returns (uint16) {
        return _feeBasisPoints;
    }

    /// @inheritdoc IAccountant
    function stake() external view returns (uint256) {
        return _stake;
    }

    /// @inheritdoc IAccountant
    function lockedFunds() external view returns (uint256) {
        return _lockedFunds;
    }

    /// @inheritdoc IAccountant
    function reservedFunds() external view returns (uint256) {
        return _reservedFunds;
    }

    /// @inheritdoc IAccountant
    function withdrawable() external view returns (uint256) {
        return _withdrawable(_held());
    }

    // T.
    function _held() internal view returns (uint256) {
        return IERC20(token).balanceOf(address(this));
    }

    // `held` is T.
    function _withdrawable(uint256 held) internal view returns (uint256) {
        return Math.saturatingSub(held, uint256(_reservedFunds) + _stake);
    }

    // T - L: what may refill balances. `held` is T, or what it will be when the tokens of this call have moved.
    function _free(uint256 held) internal view returns (uint256) {
        return held - _lockedFunds;
    }

    function _channelId(address provider) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(provider, address(this)));
    }

    // Raises the balance towards the loan from T - L as far as that goes.
    function _refill(address provider, uint256 held) internal {
        ProviderChannel storage channel_ = _channels[provider];
        uint256 loan = channel_.loan;
        uint256 balance = channel_.balance;
        if (balance >= loan) return;
        uint256 added = Math.min(loan - balance, _free(held));
        if (added == 0) return;
        _write(channel_, loan, balance + added);
        emit ChannelRebalanced(provider, balance + added, added);
    }

    // Adds tokens that are here already to loan and balance.
    function _lend(address provider, uint256 amount) internal {
        ProviderChannel storage channel_ = _channels[provider];
        uint256 loan = channel_.loan + amount;
        _write(channel_, loan, channel_.balance + amount);
        emit LoanIncreased(provider, loan, amount);
    }

    // The only place where loans and balances change.
    function _write(ProviderChannel storage channel_, uint256 loan, uint256 balance) internal {
        (uint256 oldLoan, uint256 oldBalance) = (channel_.loan, channel_.balance);
        uint256 locked = _lockedFunds + balance - oldBalance;
        uint256 reserved = _reservedFunds + Math.max(loan, balance) - Math.max(oldLoan, oldBalance);
        if (loan != oldLoan) channel_.loan = Amounts.inRange(loan);
        channel_.balance = Amounts.inRange(balance);
        (_lockedFunds, _reservedFunds) = (Amounts.inRange(locked), Amounts.inRange(reserved));
    }

    function _requireSelf() private view {
        if (msg.sender != address(this)) revert OnlySelf();
    }

    function _requireRegistry() private view {
        if (msg.sender != registry) revert OnlyRegistry();
    }
}
