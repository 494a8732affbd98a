// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ConsumerChannel} from "./ConsumerChannel.sol";
import {AlreadyRegistered, NoTransactionMaker, StakeTooLow, UnknownAccountant, ZeroAddress} from "./Errors.sol";
import {Accountant} from "./accountant/Accountant.sol";
import {IRegistry} from "./interfaces/IRegistry.sol";
import {Amounts} from "./libraries/Amounts.sol";
import {ConsumerChannelProxy} from "./libraries/ConsumerChannelProxy.sol";
import {Messages} from "./libraries/Messages.sol";
import {PlainToken} from "./libraries/PlainToken.sol";
import {Rescue} from "./libraries/Rescue.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title Registry of identities and accountants
/// @notice Nobody owns it and nothing in it changes: token, fee, treasury and both implementations are fixed when it is deployed.
/// @dev Holds no tokens. It deploys both implementations itself, so that they can trust its address; their code is in its creation
/// code only and does not count for its own size.
contract Registry is IRegistry {
    using SafeERC20 for IERC20;

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
    /// @inheritdoc IRegistry
    mapping(address owner => uint256) public accountantCount;

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
        uint128 checkedStake = Amounts.positive(stake);

        bytes32 salt = _accountantSalt(msg.sender, operator, accountantCount[msg.sender]);
        ++accountantCount[msg.sender];
        accountant = Clones.cloneDeterministic(accountantImplementation, salt);
        isAccountant[accountant] = true;
        Accountant(accountant).initialize(msg.sender, operator, checkedStake, feeBasisPoints);
        emit AccountantRegistered(accountant, msg.sender, operator, stake, feeBasisPoints);
        uint256 before = IERC20(token).balanceOf(accountant);
        IERC20(token).safeTransferFrom(msg.sender, accountant, stake);
        PlainToken.requireReceived(IERC20(token), accountant, before, stake);
    }

    /// @inheritdoc IRegistry
    function registerIdentity(RegisterIdentity calldata message, bytes calldata signature)
        external
        returns (address channel)
    {
        if (!isAccountant[message.accountant]) revert UnknownAccountant(message.accountant);
        Signatures.requireInTime(message.deadline);
        Amounts.inRange(message.loan);
        Amounts.inRange(message.fee);
        if (message.fee != 0 && message.transactionMaker == address(0)) revert NoTransactionMaker();
        Signatures.requireSigner(message.identity, address(this), Messages.registerIdentity(message), signature);

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
        // With nothing to say to it, the accountant is not asked: its state cannot lock the tokens of a consumer.
        bool silent = message.loan == 0 && message.beneficiary == address(0);
        uint256 before = silent ? 0 : IERC20(token).balanceOf(message.accountant);
        ConsumerChannel(channel)
            .payRegistration(treasury, registrationFee, message.loan, message.transactionMaker, message.fee);
        if (silent) return channel;
        PlainToken.requireReceived(IERC20(token), message.accountant, before, message.loan);
        Accountant(message.accountant).openChannel(message.identity, message.beneficiary, message.loan);
    }

    /// @notice Sends all of a token that lies here to the treasury; the registry itself never holds any.
    /// @param lost the ERC-20
    function rescueTokens(address lost) external {
        Rescue.allTokens(lost, treasury);
    }

    /// @notice Sends all ether that lies here to the treasury.
    function rescueEther() external {
        Rescue.allEther(treasury);
    }

    /// @inheritdoc IRegistry
    function isRegistered(address identity, address accountant) public view returns (bool) {
        return channelAddress(identity, accountant).code.length != 0;
    }

    /// @inheritdoc IRegistry
    function channelAddress(address identity, address accountant) public view returns (address) {
        return ConsumerChannelProxy.predict(consumerChannelImplementation, _arguments(identity, accountant));
    }

    /// @inheritdoc IRegistry
    function accountantAddress(address owner, address operator, uint256 index) external view returns (address) {
        return Clones.predictDeterministicAddress(accountantImplementation, _accountantSalt(owner, operator, index));
    }

    // The address binds owner and first operator, so that no reorganisation of the chain can put another accountant there.
    function _accountantSalt(address owner, address operator, uint256 index) private pure returns (bytes32) {
        return keccak256(abi.encode(owner, operator, index));
    }

    function _arguments(address identity, address accountant)
        private
        view
        returns (ConsumerChannelProxy.Arguments memory)
    {
        return ConsumerChannelProxy.Arguments(identity, accountant, token, address(this));
    }
}
