// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Paying channel of one consumer towards one accountant (paper section 4.2)
interface IConsumerChannel {
    /// @param accountant the receiver, indexed so that one filter finds the settlements of a million channels
    event PromiseSettled(address indexed accountant, uint256 requested, uint256 paid, uint256 settled, bytes32 lock);

    /// @notice Pays the accountant min(amount - settled, token balance). Anyone may send it; `lock` is R.
    function settlePromise(uint256 amount, bytes32 agreementHash, bytes32 lock, bytes calldata signature)
        external
        returns (uint256 paid);

    function identity() external view returns (address);
    function accountant() external view returns (address);
    function token() external view returns (address);
    function registry() external view returns (address);
    /// @notice Total ever settled out of this channel.
    function settled() external view returns (uint256);
}
