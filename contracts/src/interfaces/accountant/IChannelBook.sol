// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The books of an accountant: what lies in its contract and what of it is spoken for (protocol section 6)
/// @notice T = token balance of the contract, L = sum of balances, V = sum of max(loan, balance), S = stake,
/// withdrawable = max(0, T - V - S). All amounts are in token base units.
interface IChannelBook {
    /// @dev A provider's channel; the beneficiary is 0 for the provider itself.
    struct ProviderChannel {
        address beneficiary;
        uint128 loan;
        uint128 returned;
        uint128 balance;
        uint128 settled;
        uint128 feesPaid;
        uint64 nonce;
    }

    /// @notice A balance was raised towards its loan, alone or as part of something else.
    /// @param provider whose channel
    /// @param balance after it
    /// @param added by it, never 0
    event ChannelRebalanced(address indexed provider, uint256 balance, uint256 added);

    /// @notice Settlements of a channel go elsewhere from now on.
    /// @param provider whose channel
    /// @param beneficiary where they go; 0 for the provider itself
    event BeneficiaryChanged(address indexed provider, address beneficiary);

    /// @notice A row of a batch did nothing; `reason` is the revert data it would have failed with alone.
    /// @param row its place in the batch, from 0
    /// @param subject the row's provider or consumer channel
    /// @param reason an error of `Errors.sol`, of the signature check or of the token
    event RowFailed(uint256 indexed row, address indexed subject, bytes reason);

    /// @notice Raises a balance towards its loan as far as T - L goes. Anyone; never reverts for lack of tokens.
    /// @param provider whose channel
    function rebalanceChannel(address provider) external;

    /// @notice The same for many channels.
    /// @param providers served in this order
    function rebalanceChannels(address[] calldata providers) external;

    /// @notice Sends the channel's settlements and returned loans elsewhere. Anyone may send it.
    /// @param provider whose channel
    /// @param beneficiary who gets them; 0 for the provider itself
    /// @param nonce the channel's counter, which then rises by one
    /// @param deadline of the signature, in seconds since 1970
    /// @param signature `SetBeneficiary` by the provider
    function setBeneficiary(
        address provider,
        address beneficiary,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice A provider's channel; every address has one.
    /// @param provider whose channel
    function channel(address provider) external view returns (ProviderChannel memory);

    /// @notice The channel's id in signed messages: keccak256(abi.encodePacked(provider, this contract)).
    /// @param provider whose channel
    function channelId(address provider) external view returns (bytes32);

    /// @notice The ERC-20 token.
    function token() external view returns (address);

    /// @notice The registry that deployed this contract.
    function registry() external view returns (address);

    /// @notice S.
    function stake() external view returns (uint256);

    /// @notice L.
    function lockedFunds() external view returns (uint256);

    /// @notice V.
    function reservedFunds() external view returns (uint256);

    /// @notice max(0, T - V - S): what is neither owed to loans and balances nor stake.
    function withdrawable() external view returns (uint256);
}
