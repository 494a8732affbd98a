// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {AlreadySettled, InsufficientFunds, InvalidSigner, NothingPayable, OnlyRegistry} from "./Errors.sol";
import {ProxyOnly} from "./ProxyOnly.sol";
import {IConsumerChannel} from "./interfaces/IConsumerChannel.sol";
import {Amounts} from "./libraries/Amounts.sol";
import {ConsumerChannelProxy} from "./libraries/ConsumerChannelProxy.sol";
import {Messages} from "./libraries/Messages.sol";
import {TypedData} from "./libraries/TypedData.sol";

/// @title Paying channel of one consumer towards one accountant
/// @notice Holds the consumer's tokens; they leave by the consumer's signature only. It works from the first token sent to its
/// predicted address, deployed or not.
/// @dev Implementation behind proxies; who it belongs to stands in the proxy's bytecode, so there is nothing to initialise.
contract ConsumerChannel is IConsumerChannel, ProxyOnly {
    using SafeERC20 for IERC20;

    /// @inheritdoc IConsumerChannel
    uint256 public settled;

    /// @inheritdoc IConsumerChannel
    function settlePromise(uint256 amount, bytes32 agreementHash, bytes32 lock, bytes calldata signature)
        external
        onlyThroughProxy
        returns (uint256 paid)
    {
        ConsumerChannelProxy.Arguments memory self = _self();
        Amounts.positive(amount);
        bytes32 channelId = bytes32(uint256(uint160(address(this))));
        bytes32 structHash = Messages.consumerPromise(channelId, amount, Messages.hashlockOf(lock), agreementHash);
        address signer = ECDSA.recoverCalldata(TypedData.digest(self.accountant, structHash), signature);
        if (signer != self.identity) revert InvalidSigner(signer);

        uint256 before = settled;
        if (amount <= before) revert AlreadySettled(amount, before);
        uint256 owed = amount - before;
        paid = Math.min(owed, IERC20(self.token).balanceOf(address(this)));
        if (paid == 0) revert NothingPayable(owed);

        settled = before + paid;
        emit PromiseSettled(self.accountant, amount, paid, before + paid, lock);
        IERC20(self.token).safeTransfer(self.accountant, paid);
    }

    /// @notice Pays what registering costs out of the tokens that were sent here before. The registry calls it once, in the call
    /// that deploys the channel.
    /// @param treasury who gets the registration fee
    /// @param registrationFee of the registry
    /// @param loan for the accountant
    /// @param transactionMaker who gets `fee`
    /// @param fee signed by the identity
    function payRegistration(
        address treasury,
        uint256 registrationFee,
        uint256 loan,
        address transactionMaker,
        uint256 fee
    ) external onlyThroughProxy {
        ConsumerChannelProxy.Arguments memory self = _self();
        if (msg.sender != self.registry) revert OnlyRegistry();
        IERC20 token_ = IERC20(self.token);
        uint256 needed = registrationFee + loan + fee;
        uint256 available = token_.balanceOf(address(this));
        if (available < needed) revert InsufficientFunds(needed, available);

        if (registrationFee != 0) token_.safeTransfer(treasury, registrationFee);
        if (loan != 0) token_.safeTransfer(self.accountant, loan);
        if (fee != 0) token_.safeTransfer(transactionMaker, fee);
    }

    /// @inheritdoc IConsumerChannel
    function identity() external view onlyThroughProxy returns (address) {
        return _self().identity;
    }

    /// @inheritdoc IConsumerChannel
    function accountant() external view onlyThroughProxy returns (address) {
        return _self().accountant;
    }

    /// @inheritdoc IConsumerChannel
    function token() external view onlyThroughProxy returns (address) {
        return _self().token;
    }

    /// @inheritdoc IConsumerChannel
    function registry() external view onlyThroughProxy returns (address) {
        return _self().registry;
    }

    function _self() private view returns (ConsumerChannelProxy.Arguments memory) {
        return ConsumerChannelProxy.read(address(this));
    }
}
