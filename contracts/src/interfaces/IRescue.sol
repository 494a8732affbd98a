// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Gives back what was sent to a contract by mistake
/// @notice Foreign tokens and ether only. Anyone may send it; the receiver is fixed, so nobody gains by it.
interface IRescue {
    /// @notice Foreign tokens went on to where they can be used.
    /// @param token the foreign ERC-20
    /// @param to the receiver
    /// @param amount in the foreign token's base units
    event TokensRescued(address indexed token, address indexed to, uint256 amount);

    /// @notice Ether went on to where it can be used.
    /// @param to the receiver
    /// @param amount in wei
    event EtherRescued(address indexed to, uint256 amount);

    /// @notice Sends all of a foreign token that lies here to the contract's receiver. Reverts for the contract's own token.
    /// @param token the foreign ERC-20
    function rescueTokens(address token) external;

    /// @notice Sends all ether that lies here to the contract's receiver.
    function rescueEther() external;
}
