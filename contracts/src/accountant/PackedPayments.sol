// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {AlreadySettled, AmountOutOfRange, MalformedRows, NothingPayable, ZeroAddress} from "../Errors.sol";
import {IPackedPayments} from "../interfaces/accountant/IPackedPayments.sol";
import {Settlements} from "./Settlements.sol";

/// @title Paying many providers by the operator's own transaction
/// @notice For accountants that settle for their providers.
/// @dev A row is no call of its own, which is what makes it cheap: everything that can fail is looked at before the books are written,
/// but for the token, and then they are written back.
abstract contract PackedPayments is Settlements, IPackedPayments {
    using SafeERC20 for IERC20;

    uint256 private constant ROW_LENGTH = 36;

    /// @inheritdoc IPackedPayments
    function payProviders(bytes calldata rows) external onlyThroughProxy nonReentrant onlyOperator {
        if (rows.length % ROW_LENGTH != 0) revert MalformedRows(rows.length);
        uint256 count = rows.length / ROW_LENGTH;
        uint256 held = _held();
        for (uint256 i = 0; i < count; ++i) {
            bytes calldata row = rows[i * ROW_LENGTH:];
            // forge-lint: disable-next-line(unsafe-typecast)
            address provider = address(bytes20(row));
            (uint256 paid, bytes memory refusal) = _payRow(provider, uint128(bytes16(row[20:])), held);
            if (refusal.length != 0) emit RowFailed(i, provider, refusal);
            held -= paid;
        }
    }

    function _payRow(address provider, uint256 amount, uint256 held)
        private
        returns (uint256 paid, bytes memory refusal)
    {
        if (provider == address(0)) return (0, abi.encodeWithSelector(ZeroAddress.selector));
        if (amount == 0) return (0, abi.encodeWithSelector(AmountOutOfRange.selector, amount));
        Entry storage entry = _entries[provider];
        Head memory head = entry.head;
        if (amount <= head.settled) return (0, abi.encodeWithSelector(AlreadySettled.selector, amount, head.settled));
        uint256 balance = head.guaranteed ? entry.balance : 0;
        paid = _draw(entry, head, amount, held, 0);
        if (paid == 0) return (0, abi.encodeWithSelector(NothingPayable.selector, amount - head.settled));

        address beneficiary = _receiver(provider, entry, head);
        if (!IERC20(token).trySafeTransfer(beneficiary, paid)) {
            entry.head.settled = head.settled;
            if (balance != 0) _write(entry, entry.loan, balance);
            return (0, abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, token));
        }
        emit PromiseSettled(provider, beneficiary, amount, paid, 0, head.settled + paid, 0);
        if (head.guaranteed) _refill(provider, entry, held - paid);
    }
}
