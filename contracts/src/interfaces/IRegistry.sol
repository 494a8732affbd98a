// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRescue} from "./IRescue.sol";

/// @title Registry of identities and accountants (paper section 4.3)
/// @notice One plain ERC-20 token per registry: no transfer fees, no rebasing, a supply below 2^128. All amounts are in its base units.
interface IRegistry is IRescue {
    /// @dev EIP-712 `RegisterIdentity`, signed by the identity in the registry's domain.
    struct RegisterIdentity {
        address identity;
        address accountant;
        uint256 loan;
        address beneficiary;
        uint256 fee;
        address transactionMaker;
        uint256 deadline;
    }

    /// @notice An accountant's contract was deployed.
    /// @param accountant its contract
    /// @param owner who owns it at first
    /// @param operator its first operator key
    /// @param stake S
    /// @param feeBasisPoints its terms
    event AccountantRegistered(
        address indexed accountant, address indexed owner, address operator, uint256 stake, uint16 feeBasisPoints
    );

    /// @notice A consumer channel was deployed and has paid what that costs.
    /// @param identity the consumer
    /// @param accountant the accountant's contract
    /// @param channel the consumer channel's contract
    /// @param loan lent to the accountant, locked in the identity's provider channel
    /// @param beneficiary where settlements of the provider channel go; 0 changes nothing there
    /// @param registrationFee paid to the treasury
    /// @param transactionMaker who was paid the fee
    /// @param transactionMakerFee paid to it
    event IdentityRegistered(
        address indexed identity,
        address indexed accountant,
        address channel,
        uint256 loan,
        address beneficiary,
        uint256 registrationFee,
        address transactionMaker,
        uint256 transactionMakerFee
    );

    /// @notice Deploys an accountant's contract that `msg.sender` owns, and pulls its stake from the sender's allowance.
    /// @param operator the first key that signs for the accountant
    /// @param stake at least the minimum stake
    /// @param feeBasisPoints the accountant's share of each payment, at most 10,000
    /// @return accountant its contract
    function registerAccountant(address operator, uint256 stake, uint16 feeBasisPoints)
        external
        returns (address accountant);

    /// @notice Deploys the consumer channel; registration fee, loan and transaction maker's fee come out of the tokens that lie at its
    /// predicted address. Anyone may send it.
    /// @param message what the identity wants and pays
    /// @param signature by the identity, in the registry's domain
    /// @return channel the consumer channel's contract
    function registerIdentity(RegisterIdentity calldata message, bytes calldata signature)
        external
        returns (address channel);

    /// @notice The ERC-20 token.
    function token() external view returns (address);

    /// @notice The least stake of an accountant, and what it must have free to be lent to by new registrations.
    function minimumStake() external view returns (uint256);

    /// @notice What every registration of an identity pays to the treasury.
    function registrationFee() external view returns (uint256);

    /// @notice Who receives registration fees.
    function treasury() external view returns (address);

    /// @notice The code behind every accountant's contract.
    function accountantImplementation() external view returns (address);

    /// @notice The code behind every consumer channel.
    function consumerChannelImplementation() external view returns (address);

    /// @notice Whether the registry deployed this accountant's contract.
    /// @param accountant the contract
    function isAccountant(address accountant) external view returns (bool);

    /// @notice How many accountants an owner has registered; the index of its next one.
    /// @param owner who registers
    function accountantCount(address owner) external view returns (uint256);

    /// @notice The CREATE2 address of an accountant's contract, deployed or not.
    /// @param owner who registers it
    /// @param operator its first operator key
    /// @param index how many accountants the owner has registered before it
    function accountantAddress(address owner, address operator, uint256 index) external view returns (address);

    /// @notice Whether the consumer channel is deployed.
    /// @param identity the consumer
    /// @param accountant the accountant's contract
    function isRegistered(address identity, address accountant) external view returns (bool);

    /// @notice The CREATE2 address of a consumer channel, deployed or not.
    /// @param identity the consumer
    /// @param accountant the accountant's contract
    function channelAddress(address identity, address accountant) external view returns (address);
}
