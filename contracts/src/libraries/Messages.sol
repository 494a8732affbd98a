// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRegistry} from "../interfaces/IRegistry.sol";

/// @title The messages that the contracts verify (protocol section 2)
/// @notice EIP-712 hashStruct of each.
library Messages {
    bytes32 private constant CONSUMER_PROMISE = keccak256(
        "ConsumerPromise(bytes32 channelId,uint256 amount,bytes32 hashlock,Agreement agreement)"
        "Agreement(address provider,uint256 agreementId,uint256 agreementTotal)"
    );
    bytes32 private constant PROVIDER_PROMISE =
        keccak256("ProviderPromise(bytes32 channelId,uint256 amount,bytes32 hashlock)");
    bytes32 private constant SETTLEMENT_FEE = keccak256(
        "SettlementFee(bytes32 channelId,uint256 totalFee,address transactionMaker,uint256 minSettled,uint256 deadline)"
    );
    bytes32 private constant REGISTER_IDENTITY = keccak256(
        "RegisterIdentity(address identity,address accountant,uint256 loan,address beneficiary,uint256 fee,"
        "address transactionMaker,uint256 deadline)"
    );
    bytes32 private constant RETURN_LOAN =
        keccak256("ReturnLoan(bytes32 channelId,uint256 totalReturned,uint256 deadline)");
    bytes32 private constant SET_BENEFICIARY =
        keccak256("SetBeneficiary(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)");
    bytes32 private constant REQUEST_EXIT =
        keccak256("RequestExit(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)");
    bytes32 private constant CONSENT_EXIT =
        keccak256("ConsentExit(bytes32 channelId,address beneficiary,uint256 amount,uint256 nonce,uint256 deadline)");

    // The lock is R.
    function hashlockOf(bytes32 lock) internal pure returns (bytes32) {
        return keccak256(abi.encode(lock));
    }

    // Of the agreement its hashStruct is enough: the chain does not need to know who was paid for what.
    function consumerPromise(bytes32 channelId, uint256 amount, bytes32 hashlock, bytes32 agreementHash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(CONSUMER_PROMISE, channelId, amount, hashlock, agreementHash));
    }

    function providerPromise(bytes32 channelId, uint256 amount, bytes32 hashlock) internal pure returns (bytes32) {
        return keccak256(abi.encode(PROVIDER_PROMISE, channelId, amount, hashlock));
    }

    function settlementFee(
        bytes32 channelId,
        uint256 totalFee,
        address transactionMaker,
        uint256 minSettled,
        uint256 deadline
    ) internal pure returns (bytes32) {
        return keccak256(abi.encode(SETTLEMENT_FEE, channelId, totalFee, transactionMaker, minSettled, deadline));
    }

    function registerIdentity(IRegistry.RegisterIdentity calldata message) internal pure returns (bytes32) {
        return keccak256(abi.encode(REGISTER_IDENTITY, message));
    }

    function returnLoan(bytes32 channelId, uint256 totalReturned, uint256 deadline) internal pure returns (bytes32) {
        return keccak256(abi.encode(RETURN_LOAN, channelId, totalReturned, deadline));
    }

    function setBeneficiary(bytes32 channelId, address beneficiary, uint256 nonce, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(SET_BENEFICIARY, channelId, beneficiary, nonce, deadline));
    }

    function requestExit(bytes32 channelId, address beneficiary, uint256 nonce, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(REQUEST_EXIT, channelId, beneficiary, nonce, deadline));
    }

    function consentExit(bytes32 channelId, address beneficiary, uint256 amount, uint256 nonce, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(CONSENT_EXIT, channelId, beneficiary, amount, nonce, deadline));
    }
}
