// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {OnlyRegistry, OnlySelf, WrongNonce, ZeroAddress} from "../Errors.sol";
import {ProxyOnly} from "../ProxyOnly.sol";
import {IChannelBook} from "../interfaces/accountant/IChannelBook.sol";
import {Amounts} from "../libraries/Amounts.sol";
import {Messages} from "../libraries/Messages.sol";
import {Signatures} from "../libraries/Signatures.sol";

/// @title The books of an accountant (protocol section 6)
/// @notice What lies in its contract (T), and what of it is spoken for (L, V, S).
/// @dev Every change of a loan or a balance goes
/// through `_write`, which keeps L and V. What all accountants of a registry share is immutable in this implementation's bytecode
/// (the cheapest read, and nobody can set it); what is each accountant's own is storage, set by the registry in the call that
/// creates the proxy.
abstract contract ChannelBook is IChannelBook, ProxyOnly, ReentrancyGuardTransient {
    /// @inheritdoc IChannelBook
    address public immutable token;
    /// @inheritdoc IChannelBook
    address public immutable registry;
    uint256 internal immutable _minimumStake;

    /// @dev All that a settlement touches of a channel without fee, beneficiary and loan, in one slot.
    struct Head {
        uint128 settled;
        uint64 nonce;
        /// Whether there is a beneficiary.
        bool redirected;
        /// Whether loan or balance are above 0.
        bool guaranteed;
    }

    /// @dev A provider's channel in the order of storage.
    struct Entry {
        Head head;
        uint128 loan;
        uint128 balance;
        uint128 feesPaid;
        uint128 returned;
        address beneficiary;
    }

    mapping(address provider => Entry) internal _entries;
    /// @dev L. 128 bits hold it as long as the token's supply is below 2^128.
    uint128 private _lockedFunds;
    /// @dev V.
    uint128 private _reservedFunds;
    /// @dev S. Nominal: settling and rebalancing may use the tokens, and never lower it.
    uint128 internal _stake;

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

    /// @inheritdoc IChannelBook
    function rebalanceChannel(address provider) external onlyThroughProxy nonReentrant {
        _refill(provider, _held());
    }

    /// @inheritdoc IChannelBook
    function rebalanceChannels(address[] calldata providers) external onlyThroughProxy nonReentrant {
        uint256 held = _held();
        for (uint256 i = 0; i < providers.length; ++i) {
            _refill(providers[i], held);
        }
    }

    /// @inheritdoc IChannelBook
    function setBeneficiary(
        address provider,
        address beneficiary,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external onlyThroughProxy nonReentrant {
        Signatures.requireInTime(deadline);
        Head storage head = _entries[provider].head;
        uint64 expected = head.nonce;
        if (nonce != expected) revert WrongNonce(nonce, expected);
        bytes32 structHash = Messages.setBeneficiary(_channelId(provider), beneficiary, nonce, deadline);
        Signatures.requireSigner(provider, address(this), structHash, signature);
        head.nonce = expected + 1;
        _redirect(provider, beneficiary);
    }

    /// @inheritdoc IChannelBook
    function channel(address provider) external view returns (ProviderChannel memory) {
        Entry memory entry = _entries[provider];
        return ProviderChannel({
            beneficiary: entry.beneficiary,
            loan: entry.loan,
            returned: entry.returned,
            balance: entry.balance,
            settled: entry.head.settled,
            feesPaid: entry.feesPaid,
            nonce: entry.head.nonce
        });
    }

    /// @inheritdoc IChannelBook
    function channelId(address provider) external view returns (bytes32) {
        return _channelId(provider);
    }

    /// @inheritdoc IChannelBook
    function stake() external view returns (uint256) {
        return _stake;
    }

    /// @inheritdoc IChannelBook
    function lockedFunds() external view returns (uint256) {
        return _lockedFunds;
    }

    /// @inheritdoc IChannelBook
    function reservedFunds() external view returns (uint256) {
        return _reservedFunds;
    }

    /// @inheritdoc IChannelBook
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

    // max(0, T - V): what is spoken for by no channel. `held` is T.
    function _unreserved(uint256 held) internal view returns (uint256) {
        return Math.saturatingSub(held, _reservedFunds);
    }

    // T - L: what may refill balances. `held` is T, or what it will be when the tokens of this call have moved.
    function _free(uint256 held) internal view returns (uint256) {
        return held - _lockedFunds;
    }

    function _channelId(address provider) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(provider, address(this)));
    }

    // Who receives what leaves the channel.
    function _receiver(address provider, Entry storage entry, Head memory head) internal view returns (address) {
        return head.redirected ? entry.beneficiary : provider;
    }

    function _redirect(address provider, address beneficiary) internal {
        Entry storage entry = _entries[provider];
        (entry.head.redirected, entry.beneficiary) = (beneficiary != address(0), beneficiary);
        emit BeneficiaryChanged(provider, beneficiary);
    }

    // Raises the balance towards the loan from T - L as far as that goes.
    function _refill(address provider, uint256 held) internal {
        _refill(provider, _entries[provider], held);
    }

    function _refill(address provider, Entry storage entry, uint256 held) internal {
        uint256 loan = entry.loan;
        uint256 balance = entry.balance;
        if (balance >= loan) return;
        uint256 added = Math.min(loan - balance, _free(held));
        if (added == 0) return;
        _write(entry, loan, balance + added);
        emit ChannelRebalanced(provider, balance + added, added);
    }

    // The only place where loans and balances change.
    function _write(Entry storage entry, uint256 loan, uint256 balance) internal {
        (uint256 oldLoan, uint256 oldBalance) = (entry.loan, entry.balance);
        uint256 locked = _lockedFunds + balance - oldBalance;
        uint256 reserved = _reservedFunds + Math.max(loan, balance) - Math.max(oldLoan, oldBalance);
        bool guaranteed = loan != 0 || balance != 0;
        if (entry.head.guaranteed != guaranteed) entry.head.guaranteed = guaranteed;
        (entry.loan, entry.balance) = (Amounts.inRange(loan), Amounts.inRange(balance));
        (_lockedFunds, _reservedFunds) = (Amounts.inRange(locked), Amounts.inRange(reserved));
    }

    function _requireProvider(address provider) internal pure {
        if (provider == address(0)) revert ZeroAddress();
    }

    function _requireSelf() private view {
        if (msg.sender != address(this)) revert OnlySelf();
    }

    function _requireRegistry() private view {
        if (msg.sender != registry) revert OnlyRegistry();
    }
}
