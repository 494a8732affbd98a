// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {
    AlreadyInitialized,
    NewLoansRefused,
    OwnershipNotRenounceable,
    UnknownChannel,
    ZeroAddress
} from "../Errors.sol";
import {IAccountant} from "../interfaces/IAccountant.sol";
import {IConsumerChannel} from "../interfaces/IConsumerChannel.sol";
import {Amounts} from "../libraries/Amounts.sol";
import {ConsumerChannelProxy} from "../libraries/ConsumerChannelProxy.sol";
import {ChannelBook} from "./ChannelBook.sol";
import {Settlements} from "./Settlements.sol";

/// @title The accountant on chain: its funds and all of its provider channels
/// @notice The owner owns what is nobody else's; the operator's signature pays providers. Neither can stop a payout.
/// @dev Implementation behind plain EIP-1167 proxies, one per accountant; see `ChannelBook` for what is immutable and what is stored.
contract Accountant is Settlements, Ownable2Step {
    using SafeERC20 for IERC20;

    address private immutable _consumerChannelImplementation;

    // Deployed by the registry, which then owns the implementation and can do nothing with it.
    constructor(address token_, uint256 minimumStake_, address consumerChannelImplementation_)
        ChannelBook(token_, minimumStake_)
        Ownable(msg.sender)
    {
        _consumerChannelImplementation = consumerChannelImplementation_;
    }

    /// @notice Sets what is this accountant's own. The registry calls it once, in the call that creates the proxy.
    /// @param owner_ who owns the funds that are nobody else's
    /// @param operator whose signature makes a promise
    /// @param stake_ S
    /// @param feeBasisPoints_ the accountant's share of each payment, taken off chain
    function initialize(address owner_, address operator, uint128 stake_, uint16 feeBasisPoints_)
        external
        onlyThroughProxy
        onlyRegistry
    {
        if (owner() != address(0)) revert AlreadyInitialized();
        _transferOwnership(owner_);
        isOperator[operator] = true;
        _stake = stake_;
        _feeBasisPoints = feeBasisPoints_;
    }

    /// @notice Takes what a registering identity wants in its provider channel. The registry calls it after the loan's tokens came.
    /// @param provider the identity
    /// @param beneficiary where its settlements go; 0 changes nothing
    /// @param loan 0 for none, which is never refused
    function openChannel(address provider, address beneficiary, uint256 loan)
        external
        onlyThroughProxy
        onlyRegistry
        nonReentrant
    {
        if (beneficiary != address(0)) _channels[provider].beneficiary = beneficiary;
        if (loan == 0) return;
        uint256 free = _free(_held()) - loan;
        if (free < _minimumStake) revert NewLoansRefused(free, _minimumStake);
        _lend(provider, loan);
    }

    /// @inheritdoc IAccountant
    function increaseLoan(address provider, uint256 amount) external onlyThroughProxy nonReentrant {
        if (provider == address(0)) revert ZeroAddress();
        _lend(provider, Amounts.positive(amount));
        IERC20(token).safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IAccountant
    function rebalanceChannel(address provider) external onlyThroughProxy nonReentrant {
        _refill(provider, _held());
    }

    /// @inheritdoc IAccountant
    function rebalanceChannels(address[] calldata providers) external onlyThroughProxy nonReentrant {
        uint256 held = _held();
        for (uint256 i = 0; i < providers.length; ++i) {
            _refill(providers[i], held);
        }
    }

    /// @inheritdoc IAccountant
    function collect(Collection[] calldata rows) external onlyThroughProxy nonReentrant {
        for (uint256 i = 0; i < rows.length; ++i) {
            try this.collectRow(rows[i]) {}
            catch (bytes memory reason) {
                emit RowFailed(i, rows[i].channel, reason);
            }
        }
    }

    /// @notice One row of `collect`, in a call of its own so that all of it fails or none. Only for the contract itself.
    /// @param row as in the batch
    function collectRow(Collection calldata row) external onlySelf {
        // A foreign contract is not called at all: it could lie about what it paid.
        if (!_isGenuine(row.channel)) revert UnknownChannel(row.channel);
        uint256 paid =
            IConsumerChannel(row.channel).settlePromise(row.amount, row.agreementHash, row.lock, row.signature);
        emit PromiseCollected(row.channel, row.amount, paid);
    }

    /// @inheritdoc IAccountant
    function owner() public view override(IAccountant, Ownable) returns (address) {
        return super.owner();
    }

    /// @notice Never: an accountant without an owner could never return its stake.
    function renounceOwnership() public pure override {
        revert OwnershipNotRenounceable();
    }

    function _isGenuine(address channel_) private view returns (bool) {
        return ConsumerChannelProxy.isGenuine(channel_, _consumerChannelImplementation, address(this), token, registry);
    }
}
