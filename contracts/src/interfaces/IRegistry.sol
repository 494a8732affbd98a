// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Registry of identities and accountants (paper section 4.3)
/// @notice One plain ERC-20 token per registry: no transfer fees, no rebasing.
interface IRegistry {
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

    event AccountantRegistered(
        address indexed accountant, address indexed owner, address operator, uint256 stake, uint16 feeBasisPoints
    );

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
    function registerAccountant(address operator, uint256 stake, uint16 feeBasisPoints)
        external
        returns (address accountant);

    /// @notice Deploys the consumer channel; fee, loan and transaction maker's fee come out of the tokens that lie at its predicted address.
    function registerIdentity(RegisterIdentity calldata message, bytes calldata signature)
        external
        returns (address channel);

    function token() external view returns (address);
    function minimumStake() external view returns (uint256);
    function registrationFee() external view returns (uint256);
    /// @notice Who receives registration fees.
    function treasury() external view returns (address);
    function accountantImplementation() external view returns (address);
    function consumerChannelImplementation() external view returns (address);
    function isAccountant(address accountant) external view returns (bool);
    function isRegistered(address identity, address accountant) external view returns (bool);
    /// @notice The CREATE2 address of a consumer channel, deployed or not.
    function channelAddress(address identity, address accountant) external view returns (address);
}
