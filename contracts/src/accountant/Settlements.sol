// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {AlreadySettled, DeadlinePassed, InvalidSigner, NoTransactionMaker, NothingPayable} from "../Errors.sol";
import {IAccountant} from "../interfaces/IAccountant.sol";
import {Amounts} from "../libraries/Amounts.sol";
import {Messages} from "../libraries/Messages.sol";
import {TypedData} from "../libraries/TypedData.sol";
import {ChannelBook} from "./ChannelBook.sol";

/// @title Cashing the accountant's promises (paper sections 4.2 and 4.6)
/// @notice The money's way out to providers.
/// @dev Nothing here looks at anybody's status: a promise that an operator signed is paid.
abstract contract Settlements is ChannelBook {
    using SafeERC20 for IERC20;

    /// @dev A verified SettlementFee; all zero for none.
    struct FeeTerms {
        uint256 totalFee;
        address transactionMaker;
        uint256 minSettled;
    }

    /// @inheritdoc IAccountant
    mapping(address operator => bool) public isOperator;

    /// @inheritdoc IAccountant
    function settlePromise(address provider, uint256 amount, bytes32 lock, bytes calldata signature)
        external
        onlyThroughProxy
        nonReentrant
        returns (uint256 paid)
    {
        return _settle(provider, amount, lock, signature, FeeTerms(0, address(0), 0));
    }

    /// @inheritdoc IAccountant
    function settlePromiseWithFee(
        address provider,
        uint256 amount,
        bytes32 lock,
        bytes calldata signature,
        SettlementFee calldata fee
    ) external onlyThroughProxy nonReentrant returns (uint256 paid) {
        return _settle(provider, amount, lock, signature, _verify(provider, fee));
    }

    /// @inheritdoc IAccountant
    function settlePromises(Settlement[] calldata rows) external onlyThroughProxy nonReentrant {
        for (uint256 i = 0; i < rows.length; ++i) {
            try this.settleRow(rows[i]) {}
            catch (bytes memory reason) {
                emit RowFailed(i, rows[i].provider, reason);
            }
        }
    }

    /// @notice One row of `settlePromises`, in a call of its own so that all of it fails or none. Only for the contract itself.
    /// @param row as in the batch
    function settleRow(Settlement calldata row) external onlySelf {
        bool free = row.fee.signature.length == 0;
        FeeTerms memory terms = free ? FeeTerms(0, address(0), 0) : _verify(row.provider, row.fee);
        _settle(row.provider, row.amount, row.lock, row.signature, terms);
    }

    function _settle(address provider, uint256 amount, bytes32 lock, bytes calldata signature, FeeTerms memory terms)
        private
        returns (uint256 paid)
    {
        Amounts.positive(amount);
        bytes32 structHash = Messages.providerPromise(_channelId(provider), amount, Messages.hashlockOf(lock));
        address signer = _recover(structHash, signature);
        if (!isOperator[signer]) revert InvalidSigner(signer);
        return _pay(provider, amount, lock, terms);
    }

    // The books first, then the tokens.
    function _pay(address provider, uint256 amount, bytes32 lock, FeeTerms memory terms)
        private
        returns (uint256 paid)
    {
        ProviderChannel storage channel_ = _channels[provider];
        uint256 settled = channel_.settled;
        if (amount <= settled) revert AlreadySettled(amount, settled);
        uint256 held = _held();
        paid = _draw(channel_, amount - settled, held);
        settled += paid;
        channel_.settled = Amounts.inRange(settled);
        uint256 fee = _takeFee(channel_, paid, settled, terms);

        address beneficiary = channel_.beneficiary;
        if (beneficiary == address(0)) beneficiary = provider;
        emit PromiseSettled(provider, beneficiary, amount, paid, fee, settled, lock);
        _refill(provider, held - paid);
        if (paid != fee) IERC20(token).safeTransfer(beneficiary, paid - fee);
        if (fee != 0) IERC20(token).safeTransfer(terms.transactionMaker, fee);
    }

    // Takes min(owed, balance + withdrawable), withdrawable first; the tokens move later.
    function _draw(ProviderChannel storage channel_, uint256 owed, uint256 held) private returns (uint256 paid) {
        uint256 fromFree = Math.min(owed, _withdrawable(held));
        uint256 balance = channel_.balance;
        uint256 fromBalance = Math.min(owed - fromFree, balance);
        paid = fromFree + fromBalance;
        if (paid == 0) revert NothingPayable(owed);
        if (fromBalance != 0) _write(channel_, channel_.loan, balance - fromBalance);
    }

    // min(max(0, totalFee - feesPaid), paid), nothing unless enough is settled: each signed total is paid once.
    function _takeFee(ProviderChannel storage channel_, uint256 paid, uint256 settled, FeeTerms memory terms)
        private
        returns (uint256 fee)
    {
        if (settled < terms.minSettled) return 0;
        uint256 feesPaid = channel_.feesPaid;
        fee = Math.min(Math.saturatingSub(terms.totalFee, feesPaid), paid);
        if (fee != 0) channel_.feesPaid = Amounts.inRange(feesPaid + fee);
    }

    // The provider itself signs what its transaction maker gets, whoever sends.
    function _verify(address provider, SettlementFee calldata fee) private view returns (FeeTerms memory) {
        if (block.timestamp > fee.deadline) revert DeadlinePassed(fee.deadline);
        if (fee.transactionMaker == address(0)) revert NoTransactionMaker();
        Amounts.positive(fee.totalFee);
        bytes32 structHash = Messages.settlementFee(
            _channelId(provider), fee.totalFee, fee.transactionMaker, fee.minSettled, fee.deadline
        );
        address signer = _recover(structHash, fee.signature);
        if (signer != provider) revert InvalidSigner(signer);
        return FeeTerms(fee.totalFee, fee.transactionMaker, fee.minSettled);
    }

    function _recover(bytes32 structHash, bytes calldata signature) private view returns (address) {
        return ECDSA.recoverCalldata(TypedData.digest(address(this), structHash), signature);
    }
}
