// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The accountant on chain: its funds and all of its provider channels (paper sections 4.2 and 4.5)
/// @notice T = token balance of this contract, L = sum of balances, V = sum of max(loan, balance), S = stake,
/// withdrawable = max(0, T - V - S). All amounts are in token base units.
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

    /// @notice A provider's promise was settled, wholly or in part.
    /// @param provider whose channel
    /// @param beneficiary who received paid - fee
    /// @param requested the promise's total; requested - settled is still owed
    /// @param paid by this settlement, the fee included
    /// @param fee the transaction maker's part of it
    /// @param settled total ever paid, this payment included
    /// @param lock R
    event PromiseSettled(
        address indexed provider,
        address indexed beneficiary,
        uint256 requested,
        uint256 paid,
        uint256 fee,
        uint256 settled,
        bytes32 lock
    );

    /// @notice A balance was raised towards its loan, alone or as part of a settlement.
    /// @param provider whose channel
    /// @param balance after it
    /// @param added by it, never 0
    event ChannelRebalanced(address indexed provider, uint256 balance, uint256 added);

    /// @notice Tokens were lent; loan and balance rose by as much.
    /// @param provider whose channel
    /// @param loan after it
    /// @param added by it
    event LoanIncreased(address indexed provider, uint256 loan, uint256 added);

    /// @notice A consumer's promise was settled into this contract by `collect`.
    /// @param channel the consumer channel
    /// @param requested the promise's total
    /// @param paid by this settlement
    event PromiseCollected(address indexed channel, uint256 requested, uint256 paid);

    /// @notice A row of a batch did nothing; `reason` is the revert data it would have failed with alone.
    /// @param row its place in the batch, from 0
    /// @param subject the row's provider or consumer channel
    /// @param reason an error of `Errors.sol`, of the signature check or of the token
    event RowFailed(uint256 indexed row, address indexed subject, bytes reason);

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

    /// @notice Raises a balance towards its loan as far as T - L goes. Anyone; never reverts for lack of tokens.
    /// @param provider whose channel
    function rebalanceChannel(address provider) external;

    /// @notice The same for many channels.
    /// @param providers served in this order
    function rebalanceChannels(address[] calldata providers) external;

    /// @notice Settles many consumer promises into this contract; a bad row fails alone and is reported by `RowFailed`.
    /// @param rows settled in this order
    function collect(Collection[] calldata rows) external;

    /// @notice Pulls `amount` from the sender's allowance and adds it to the provider's loan and balance. Never blocked.
    /// @param provider whose channel
    /// @param amount above 0
    function increaseLoan(address provider, uint256 amount) external;

    /// @notice A provider's channel; every address has one.
    /// @param provider whose channel
    function channel(address provider) external view returns (ProviderChannel memory);

    /// @notice The channel's id in signed messages: keccak256(abi.encodePacked(provider, this contract)).
    /// @param provider whose channel
    function channelId(address provider) external view returns (bytes32);

    /// @notice Whether this key's signature makes a promise.
    /// @param operator its address
    function isOperator(address operator) external view returns (bool);

    /// @notice Who owns what is nobody else's.
    function owner() external view returns (address);

    /// @notice The ERC-20 token.
    function token() external view returns (address);

    /// @notice The registry that deployed this contract.
    function registry() external view returns (address);

    /// @notice The accountant's share of each payment, taken off chain.
    function feeBasisPoints() external view returns (uint16);

    /// @notice S.
    function stake() external view returns (uint256);

    /// @notice L.
    function lockedFunds() external view returns (uint256);

    /// @notice V.
    function reservedFunds() external view returns (uint256);

    /// @notice max(0, T - V - S): what is neither owed to loans and balances nor stake.
    function withdrawable() external view returns (uint256);
}
