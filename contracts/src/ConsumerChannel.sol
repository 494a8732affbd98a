// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {
    AlreadySettled,
    InsufficientFunds,
    InvalidSigner,
    NothingPayable,
    OnlyRegistry,
    WrongNonce,
    ZeroAddress
} from "./Errors.sol";
import {ProxyOnly} from "./ProxyOnly.sol";
import {IConsumerChannel} from "./interfaces/IConsumerChannel.sol";
import {IOperatorKeys} from "./interfaces/accountant/IOperatorKeys.sol";
import {Amounts} from "./libraries/Amounts.sol";
import {ConsumerChannelProxy} from "./libraries/ConsumerChannelProxy.sol";
import {Messages} from "./libraries/Messages.sol";
import {Notice} from "./libraries/Notice.sol";
import {Rescue} from "./libraries/Rescue.sol";
import {Signatures} from "./libraries/Signatures.sol";

/// @title Paying channel of one consumer towards one accountant
/// @notice Holds the consumer's tokens; they leave by the consumer's signature only. It works from the first token sent to its
/// predicted address, deployed or not.
/// @dev Implementation behind proxies; who it belongs to stands in the proxy's bytecode, so there is nothing to initialise. State is
/// written before tokens move, and every payment is bounded by what is here at that moment.
contract ConsumerChannel is IConsumerChannel, ProxyOnly {
    using SafeERC20 for IERC20;

    uint128 private _settled;
    uint64 private _nonce;
    uint64 private _exitRequestedAt;
    address private _exitBeneficiary;

    /// @inheritdoc IConsumerChannel
    function settlePromise(uint256 amount, bytes32 agreementHash, bytes32 lock, bytes calldata signature)
        external
        onlyThroughProxy
        returns (uint256 paid)
    {
        ConsumerChannelProxy.Arguments memory self = _self();
        Amounts.positive(amount);
        bytes32 structHash = Messages.consumerPromise(_channelId(), amount, Messages.hashlockOf(lock), agreementHash);
        Signatures.requireSigner(self.identity, self.accountant, structHash, signature);

        uint256 before = _settled;
        if (amount <= before) revert AlreadySettled(amount, before);
        uint256 owed = amount - before;
        paid = Math.min(owed, _held(self.token));
        if (paid == 0) revert NothingPayable(owed);

        // At most `amount`, which is in range.
        // forge-lint: disable-next-line(unsafe-typecast)
        _settled = uint128(before + paid);
        emit PromiseSettled(self.accountant, amount, paid, before + paid, lock);
        IERC20(self.token).safeTransfer(self.accountant, paid);
    }

    /// @inheritdoc IConsumerChannel
    function requestExit(address beneficiary, uint256 nonce_, uint256 deadline, bytes calldata signature)
        external
        onlyThroughProxy
    {
        ConsumerChannelProxy.Arguments memory self = _self();
        if (beneficiary == address(0)) revert ZeroAddress();
        Signatures.requireInTime(deadline);
        _useNonce(nonce_);
        bytes32 structHash = Messages.requestExit(_channelId(), beneficiary, nonce_, deadline);
        Signatures.requireSigner(self.identity, self.accountant, structHash, signature);

        (_exitRequestedAt, _exitBeneficiary) = (Notice.time(), beneficiary);
        emit ExitRequested(self.accountant, beneficiary, nonce_, Notice.due(Notice.time()), Notice.lapse(Notice.time()));
    }

    /// @inheritdoc IConsumerChannel
    function finalizeExit() external onlyThroughProxy returns (uint256 paid) {
        ConsumerChannelProxy.Arguments memory self = _self();
        Notice.requireDue(_exitRequestedAt);
        address beneficiary = _exitBeneficiary;
        paid = _held(self.token);
        if (paid == 0) revert NothingPayable(0);

        (_exitRequestedAt, _exitBeneficiary) = (0, address(0));
        emit ExitFinalized(self.accountant, beneficiary, paid);
        IERC20(self.token).safeTransfer(beneficiary, paid);
    }

    /// @inheritdoc IConsumerChannel
    function consentExit(
        address beneficiary,
        uint256 amount,
        uint256 nonce_,
        uint256 deadline,
        bytes calldata signature,
        bytes calldata operatorSignature
    ) external onlyThroughProxy {
        ConsumerChannelProxy.Arguments memory self = _self();
        if (beneficiary == address(0)) revert ZeroAddress();
        Amounts.positive(amount);
        Signatures.requireInTime(deadline);
        _useNonce(nonce_);
        bytes32 structHash = Messages.consentExit(_channelId(), beneficiary, amount, nonce_, deadline);
        Signatures.requireSigner(self.identity, self.accountant, structHash, signature);
        address operator = Signatures.signer(self.accountant, structHash, operatorSignature);
        if (!IOperatorKeys(self.accountant).isOperator(operator)) revert InvalidSigner(operator);
        uint256 available = _held(self.token);
        if (available < amount) revert InsufficientFunds(amount, available);

        emit ConsentedExitPaid(self.accountant, beneficiary, amount, nonce_);
        IERC20(self.token).safeTransfer(beneficiary, amount);
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
        uint256 needed = registrationFee + loan + fee;
        uint256 available = _held(self.token);
        if (available < needed) revert InsufficientFunds(needed, available);

        IERC20 token_ = IERC20(self.token);
        if (registrationFee != 0) token_.safeTransfer(treasury, registrationFee);
        if (loan != 0) token_.safeTransfer(self.accountant, loan);
        if (fee != 0) token_.safeTransfer(transactionMaker, fee);
    }

    /// @notice Sends all of a foreign token to the consumer's identity. Reverts for the channel's own token.
    /// @param foreign the foreign ERC-20
    function rescueTokens(address foreign) external onlyThroughProxy {
        ConsumerChannelProxy.Arguments memory self = _self();
        Rescue.foreignTokens(self.token, foreign, self.identity);
    }

    /// @notice Sends all ether to the consumer's identity: somebody sent it to the predicted address before the channel was there.
    function rescueEther() external onlyThroughProxy {
        Rescue.allEther(_self().identity);
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

    /// @inheritdoc IConsumerChannel
    function settled() external view returns (uint256) {
        return _settled;
    }

    /// @inheritdoc IConsumerChannel
    function nonce() external view returns (uint256) {
        return _nonce;
    }

    /// @inheritdoc IConsumerChannel
    function exitRequest() external view returns (address beneficiary, uint256 finalizableAt, uint256 lapsesAt) {
        uint64 requestedAt = _exitRequestedAt;
        if (requestedAt != 0) return (_exitBeneficiary, Notice.due(requestedAt), Notice.lapse(requestedAt));
    }

    // One counter for all kinds of messages: each is used once, in the order they were signed for.
    function _useNonce(uint256 nonce_) private {
        if (nonce_ != _nonce) revert WrongNonce(nonce_, _nonce);
        ++_nonce;
    }

    function _held(address token_) private view returns (uint256) {
        return IERC20(token_).balanceOf(address(this));
    }

    function _channelId() private view returns (bytes32) {
        return bytes32(uint256(uint160(address(this))));
    }

    function _self() private view returns (ConsumerChannelProxy.Arguments memory) {
        return ConsumerChannelProxy.read(address(this));
    }
}
