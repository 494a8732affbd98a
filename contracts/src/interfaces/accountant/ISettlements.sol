// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Cashing the accountant's promises (paper sections 4.2 and 4.6)
/// @notice All amounts are in token base units.
interface ISettlements {
    /// @dev EIP-712 `SettlementFee` without the channel id, which is recomputed.
    struct SettlementFee {
        uint256 totalFee;
        address transactionMaker;
        uint256 minSettled;
        uint256 deadline;
        bytes signature;
    }

    /// @dev A promise of the accountant with R; a fee with an empty signature is no fee.
    struct Settlement {
        address provider;
        uint256 amount;
        bytes32 lock;
        bytes signature;
        SettlementFee fee;
    }

    /// @notice A provider was paid, wholly or in part.
    /// @param provider whose channel
    /// @param beneficiary who received paid - fee
    /// @param requested the promise's total; requested - settled is still owed
    /// @param paid by this settlement, the fee included
    /// @param fee the transaction maker's part of it
    /// @param settled total ever paid, this payment included
    /// @param lock R; 0 when an operator paid without a promise
    event PromiseSettled(
        address indexed provider,
        address indexed beneficiary,
        uint256 requested,
        uint256 paid,
        uint256 fee,
        uint256 settled,
        bytes32 lock
    );

    /// @notice Pays min(amount - settled, balance + withdrawable) to the beneficiary, withdrawable first, then refills the balance
    /// towards the loan. Anyone may send it; the same promise settles the rest later.
    /// @param provider whose channel
    /// @param amount the promised total
    /// @param lock R, which opens the promise's hashlock
    /// @param signature by an operator
    /// @return paid what left the channel, never 0
    function settlePromise(address provider, uint256 amount, bytes32 lock, bytes calldata signature)
        external
        returns (uint256 paid);

    /// @notice The same, with the provider's signed fee for its transaction maker: min(max(0, totalFee - feesPaid), paid), and nothing
    /// unless settled reaches `minSettled`.
    /// @param provider whose channel
    /// @param amount the promised total
    /// @param lock R, which opens the promise's hashlock
    /// @param signature by an operator
    /// @param fee signed by the provider
    /// @return paid what left the channel, the fee included, never 0
    function settlePromiseWithFee(
        address provider,
        uint256 amount,
        bytes32 lock,
        bytes calldata signature,
        SettlementFee calldata fee
    ) external returns (uint256 paid);

    /// @notice Many settlements; a bad row fails alone and is reported by `RowFailed`.
    /// @param rows settled in this order
    function settlePromises(Settlement[] calldata rows) external;
}
