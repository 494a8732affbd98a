// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {AlreadySettled, InvalidSigner, NoTransactionMaker, NothingPayable} from "../Errors.sol";
import {ISettlements} from "../interfaces/accountant/ISettlements.sol";
import {Amounts} from "../libraries/Amounts.sol";
import {Messages} from "../libraries/Messages.sol";
import {Signatures} from "../libraries/Signatures.sol";
import {TypedData} from "../libraries/TypedData.sol";
import {ChannelBook} from "./ChannelBook.sol";
import {OperatorKeys} from "./OperatorKeys.sol";

/// @title Cashing the accountant's promises (paper sections 4.2 and 4.6)
/// @notice The money's way out to providers.
/// @dev Nothing here looks at anybody's status: a promise that an operator signed is paid.
abstract contract Settlements is ChannelBook, OperatorKeys, ISettlements {
    using SafeERC20 for IERC20;

    /// @dev A total that an operator vouches for, and the verified SettlementFee on it, all zero for none.
    struct Claim {
        address provider;
        uint256 amount;
        bytes32 lock;
        uint256 totalFee;
        address transactionMaker;
        uint256 minSettled;
        bytes32 channelId;
        bytes32 domain;
    }

    /// @inheritdoc ISettlements
    function settlePromise(address provider, uint256 amount, bytes32 lock, bytes calldata signature)
        external
        onlyThroughProxy
        nonReentrant
        returns (uint256 paid)
    {
        return _requirePaid(_verify(provider, amount, lock, signature));
    }

    /// @inheritdoc ISettlements
    function settlePromiseWithFee(
        address provider,
        uint256 amount,
        bytes32 lock,
        bytes calldata signature,
        SettlementFee calldata fee
    ) external onlyThroughProxy nonReentrant returns (uint256 paid) {
        Claim memory claim = _verify(provider, amount, lock, signature);
        _addFee(claim, fee);
        return _requirePaid(claim);
    }

    /// @inheritdoc ISettlements
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
        _requirePaid(_verify(row));
    }

    function _verify(Settlement calldata row) internal view returns (Claim memory claim) {
        claim = _verify(row.provider, row.amount, row.lock, row.signature);
        if (row.fee.signature.length != 0) _addFee(claim, row.fee);
    }

    // Pays min(owed, balance + max(withdrawable, collected)) and refills the balance. The books first, then the tokens. 0 when there is
    // nothing to pay with, and then nothing happened.
    function _pay(Claim memory claim, uint256 collected) internal returns (uint256 paid) {
        Entry storage entry = _entries[claim.provider];
        Head memory head = entry.head;
        if (claim.amount <= head.settled) revert AlreadySettled(claim.amount, head.settled);
        uint256 held = _held();
        paid = _draw(entry, head, claim.amount, held, collected);
        if (paid == 0) return 0;
        uint256 settled = head.settled + paid;
        uint256 fee = _takeFee(entry, claim, paid, settled);

        address beneficiary = _receiver(claim.provider, entry, head);
        emit PromiseSettled(claim.provider, beneficiary, claim.amount, paid, fee, settled, claim.lock);
        if (head.guaranteed) _refill(claim.provider, entry, held - paid);
        if (paid != fee) IERC20(token).safeTransfer(beneficiary, paid - fee);
        if (fee != 0) IERC20(token).safeTransfer(claim.transactionMaker, fee);
    }

    // Takes min(owed, balance + max(withdrawable, collected)), the balance last, and counts it as settled; the tokens move later. `head`
    // is what the channel was before, and `amount` above what it had settled.
    function _draw(Entry storage entry, Head memory head, uint256 amount, uint256 held, uint256 collected)
        internal
        returns (uint256 paid)
    {
        uint256 owed = amount - head.settled;
        // Tokens that this call collected lie above L: what was here before covered it.
        paid = Math.min(owed, Math.max(_withdrawable(held), collected));
        if (paid != owed && head.guaranteed) {
            uint256 balance = entry.balance;
            uint256 fromBalance = Math.min(owed - paid, balance);
            paid += fromBalance;
            if (fromBalance != 0) _write(entry, entry.loan, balance - fromBalance);
        }
        if (paid != 0) entry.head.settled = Amounts.inRange(head.settled + paid);
    }

    function _requirePaid(Claim memory claim) private returns (uint256 paid) {
        paid = _pay(claim, 0);
        if (paid == 0) revert NothingPayable(claim.amount - _entries[claim.provider].head.settled);
    }

    // min(max(0, totalFee - feesPaid), paid), nothing unless enough is settled: each signed total is paid once.
    function _takeFee(Entry storage entry, Claim memory claim, uint256 paid, uint256 settled)
        private
        returns (uint256 fee)
    {
        if (claim.totalFee == 0 || settled < claim.minSettled) return 0;
        uint256 feesPaid = entry.feesPaid;
        fee = Math.min(Math.saturatingSub(claim.totalFee, feesPaid), paid);
        if (fee != 0) entry.feesPaid = Amounts.inRange(feesPaid + fee);
    }

    function _verify(address provider, uint256 amount, bytes32 lock, bytes calldata signature)
        private
        view
        returns (Claim memory claim)
    {
        Amounts.positive(amount);
        (claim.provider, claim.amount, claim.lock) = (provider, amount, lock);
        (claim.channelId, claim.domain) = (_channelId(provider), TypedData.domain(address(this)));
        bytes32 structHash = Messages.providerPromise(claim.channelId, amount, Messages.hashlockOf(lock));
        address signer = Signatures.signer(claim.domain, structHash, signature);
        if (!isOperator(signer)) revert InvalidSigner(signer);
    }

    // The provider itself signs what its transaction maker gets, whoever sends.
    function _addFee(Claim memory claim, SettlementFee calldata fee) private view {
        Signatures.requireInTime(fee.deadline);
        if (fee.transactionMaker == address(0)) revert NoTransactionMaker();
        Amounts.positive(fee.totalFee);
        bytes32 structHash =
            Messages.settlementFee(claim.channelId, fee.totalFee, fee.transactionMaker, fee.minSettled, fee.deadline);
        Signatures.requireSigner(claim.provider, claim.domain, structHash, fee.signature);
        (claim.totalFee, claim.transactionMaker, claim.minSettled) =
        (fee.totalFee, fee.transactionMaker, fee.minSettled);
    }
}
