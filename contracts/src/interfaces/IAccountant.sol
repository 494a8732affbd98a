// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The accountant on chain: its funds and all of its provider channels (paper sections 4.2 and 4.5)
/// @dev T = token balance of this contract, L = sum of balances, V = sum of max(loan, balance), S = stake,
/// withdrawable = max(0, T - V - S).
interface IAccountant {
    struct ProviderChannel {
        address beneficiary;
        uint128 loan;
        uint128 returned;
        uint128 balance;
        uint128 settled;
        uint128 feesPaid;
        uint64 nonce;
    }

    /// @dev EIP-712 `SettlementFee` without the channel id, which is recomputed.
    struct SettlementFee {
        uint256 totalFee;
        address transactionMaker;
        uint256 minSettled;
        uint256 deadline;
        bytes signature;
    }

    /// @dev One row of `settlePromises`; a fee with an empty signature is no fee.
    struct Settlement {
        address provider;
        uint256 amount;
        bytes32 lock;
        bytes signature;
        SettlementFee fee;
    }

    /// @dev One row of `collect`.
    struct Collection {
        address channel;
        uint256 amount;
        bytes32 agreementHash;
        bytes32 lock;
        bytes signature;
    }

    event PromiseSettled(
        address indexed provider,
        address indexed beneficiary,
        uint256 requested,
        uint256 paid,
        uint256 fee,
        uint256 settled,
        bytes32 lock
    );
    event ChannelRebalanced(address indexed provider, uint256 balance, uint256 added);
    event LoanIncreased(address indexed provider, uint256 loan, uint256 added);
    event PromiseCollected(address indexed channel, uint256 requested, uint256 paid);
    /// @notice A row of a batch did nothing; `reason` is the revert data it would have failed with alone.
    event RowFailed(uint256 indexed row, address indexed subject, bytes reason);

    /// @notice Pays min(amount - settled, balance + withdrawable) to the beneficiary, withdrawable first, then refills the balance towards the loan.
    function settlePromise(address provider, uint256 amount, bytes32 lock, bytes calldata signature)
        external
        returns (uint256 paid);

    /// @notice The same, with the provider's signed fee for its transaction maker.
    function settlePromiseWithFee(
        address provider,
        uint256 amount,
        bytes32 lock,
        bytes calldata signature,
        SettlementFee calldata fee
    ) external returns (uint256 paid);

    /// @notice Many settlements; a bad row fails alone and is reported by `RowFailed`.
    function settlePromises(Settlement[] calldata rows) external;

    /// @notice Raises a balance towards its loan as far as T - L goes. Anyone; never reverts for lack of tokens.
    function rebalanceChannel(address provider) external;

    function rebalanceChannels(address[] calldata providers) external;

    /// @notice Settles many consumer promises into this contract; a bad row fails alone and is reported by `RowFailed`.
    function collect(Collection[] calldata rows) external;

    /// @notice Pulls `amount` from the sender's allowance and adds it to the provider's loan and balance. Never blocked.
    function increaseLoan(address provider, uint256 amount) external;

    function channel(address provider) external view returns (ProviderChannel memory);
    function channelId(address provider) external view returns (bytes32);
    function isOperator(address operator) external view returns (bool);
    function owner() external view returns (address);
    function token() external view returns (address);
    function registry() external view returns (address);
    function feeBasisPoints() external view returns (uint16);
    /// @notice S.
    function stake() external view returns (uint256);
    /// @notice L.
    function lockedFunds() external view returns (uint256);
    /// @notice V.
    function reservedFunds() external view returns (uint256);
    function withdrawable() external view returns (uint256);
}
