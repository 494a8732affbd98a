// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ConsumerChannel} from "./ConsumerChannel.sol";
import {
    AlreadyRegistered,
    DeadlinePassed,
    FeeTooHigh,
    InvalidSigner,
    NoTransactionMaker,
    StakeTooLow,
    UnknownAccountant,
    ZeroAddress
} from "./Errors.sol";
import {Accountant} from "./accountant/Accountant.sol";
import {IRegistry} from "./interfaces/IRegistry.sol";
import {Amounts} from "./libraries/Amounts.sol";
import {ConsumerChannelProxy} from "./libraries/ConsumerChannelProxy.sol";
import {Messages} from "./libraries/Messages.sol";
import {TypedData} from "./libraries/TypedData.sol";

/// @title Registry of identities and accountants
/// @notice Nobody owns it and nothing in it changes: token, fee, treasury and both implementations are fixed when it is deployed.
/// @dev Holds no tokens. It deploys both implementations itself, so that they can trust its address; their code is in its creation
/// code only and does not count for its own size.
contract Registry is IRegistry {
    using SafeERC20 for IERC20;

    uint256 private constant ALL_BASIS_POINTS = 10_000;

    /// @inheritdoc IRegistry
    address public immutable token;
    /// @inheritdoc IRegistry
    uint256 public immutable minimumStake;
    /// @inheritdoc IRegistry
    uint256 public immutable registrationFee;
    /// @inheritdoc IRegistry
    address public immutable treasury;
    /// @inheritdoc IRegistry
    address public immutable accountantImplementation;
    /// @inheritdoc IRegistry
    address public immutable consumerChannelImplementation;

    /// @inheritdoc IRegistry
    mapping(address accountant => bool) public isAccountant;

    /// @notice Deploys both implementations.
    /// @param token_ plain ERC-20 with a supply below 2^128, without transfer fees or rebasing
    /// @param minimumStake_ of every accountant; an accountant with less free tokens gets no new loans
    /// @param registrationFee_ of every identity, 0 for none
    /// @param treasury_ who receives registration fees
    constructor(address token_, uint256 minimumStake_, uint256 registrationFee_, address treasury_) {
        if (token_.code.length == 0 || treasury_ == address(0)) revert ZeroAddress();
        token = token_;
        minimumStake = Amounts.inRange(minimumStake_);
        registrationFee = Amounts.inRange(registrationFee_);
        treasury = treasury_;
        address channel = address(new ConsumerChannel());
        consumerChannelImplementation = channel;
        accountantImplementation = address(new Accountant(token_, minimumStake_, channel));
    }

    /// @inheritdoc IRegistry
    function registerAccountant(address operator, uint256 stake, uint16 feeBasisPoints)
        external
        returns (address accountant)
    {
        if (operator == address(0)) revert ZeroAddress();
        if (stake < minimumStake) revert StakeTooLow(stake, minimumStake);
        if (feeBasisPoints > ALL_BASIS_POINTS) revert FeeTooHigh(feeBasisPoints);
        uint128 checkedStake = Amounts.positive(stake);

        accountant = Clones.clone(accountantImplementation);
        isAccountant[accountant] = true;
        Accountant(accountant).initialize(msg.sender, operator, checkedStake, feeBasisPoints);
        emit AccountantRegistered(accountant, msg.sender, operator, stake, feeBasisPoints);
        IERC20(token).safeTransferFrom(msg.sender, accountant, stake);
    }

    /// @inheritdoc IRegistry
    function registerIdentity(RegisterIdentity calldata message, bytes calldata signature)
        external
        returns (address channel)
    {
        if (!isAccountant[message.accountant]) revert UnknownAccountant(message.accountant);
        if (block.timestamp > message.deadline) revert DeadlinePassed(message.deadline);
        Amounts.inRange(message.loan);
        Amounts.inRange(message.fee);
        if (message.fee != 0 && message.transactionMaker == address(0)) revert NoTransactionMaker();
        bytes32 structHash = Messages.registerIdentity(message);
        address signer = ECDSA.recoverCalldata(TypedData.digest(address(this), structHash), signature);
        if (signer != message.identity) revert InvalidSigner(signer);

        if (isRegistered(message.identity, message.accountant)) {
            revert AlreadyRegistered(channelAddress(message.identity, message.accountant));
        }
        channel = ConsumerChannelProxy.deploy(
            consumerChannelImplementation, _arguments(message.identity, message.accountant)
        );
        emit IdentityRegistered(
            message.identity,
            message.accountant,
            channel,
            message.loan,
            message.beneficiary,
            registrationFee,
            message.transactionMaker,
            message.fee
        );
        ConsumerChannel(channel)
            .payRegistration(treasury, registrationFee, message.loan, message.transactionMaker, message.fee);
        // With nothing to say to it, the accountant is not asked: its state cannot lock the tokens of a consumer.
        if (message.loan != 0 || message.beneficiary != address(0)) {
            Accountant(message.accountant).openChannel(message.identity, message.beneficiary, message.loan);
        }
    }

    /// @inheritdoc IRegistry
    function isRegistered(address identity, address accountant) public view returns (bool) {
        return channelAddress(identity, accountant).code.length != 0;
    }

    /// @inheritdoc IRegistry
    function channelAddress(address identity, address accountant) public view returns (address) {
        return ConsumerChannelProxy.predict(consumerChannelImplementation, _arguments(identity, accountant));
    }

    function _arguments(address identity, address accountant)
        private
        view
        returns (ConsumerChannelProxy.Arguments memory)
    {
        return ConsumerChannelProxy.Arguments(identity, accountant, token, address(this));
    }
}
