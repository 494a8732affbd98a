// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Paying channel of one consumer towards one accountant (paper section 4.2)
/// @notice All amounts are in token base units.
interface IConsumerChannel {
    /// @notice A promise was settled, wholly or in part.
    /// @param accountant the receiver, indexed so that one filter finds the settlements of a million channels
    /// @param requested the promise's total; requested - settled is still owed
    /// @param paid by this settlement
    /// @param settled total ever paid, this payment included
    /// @param lock R
    event PromiseSettled(address indexed accountant, uint256 requested, uint256 paid, uint256 settled, bytes32 lock);

    /// @notice Pays the accountant min(amount - settled, token balance). Anyone may send it; the same promise settles the rest later.
    /// @param amount the promised total
    /// @param agreementHash EIP-712 hashStruct of the agreement that the promise is bound to
    /// @param lock R, which opens the promise's hashlock
    /// @param signature by the consumer, in the accountant's domain
    /// @return paid what moved, never 0
    function settlePromise(uint256 amount, bytes32 agreementHash, bytes32 lock, bytes calldata signature)
        external
        returns (uint256 paid);

    /// @notice The consumer.
    function identity() external view returns (address);

    /// @notice The accountant's contract, the only receiver of settlements.
    function accountant() external view returns (address);

    /// @notice The ERC-20 token.
    function token() external view returns (address);

    /// @notice The registry that deployed the channel.
    function registry() external view returns (address);

    /// @notice Total ever settled out of this channel.
    function settled() external view returns (uint256);
}
