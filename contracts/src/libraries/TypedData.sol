// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

/// @title The EIP-712 domain of the protocol (protocol section 2)
/// @notice Binds a signature to one chain and one contract.
library TypedData {
    bytes32 private constant DOMAIN_TYPE =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant NAME = keccak256("Accountant Pattern");
    bytes32 private constant VERSION = keccak256("1");

    /// @notice EIP-712 domain separator. The chain's id is read on every call: after a fork of the chain a signature holds on one side
    /// only.
    /// @param verifyingContract the accountant's contract; the registry for `RegisterIdentity`
    function domain(address verifyingContract) internal view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPE, NAME, VERSION, block.chainid, verifyingContract));
    }

    /// @notice What is signed.
    /// @param separator `domain` of the verifying contract
    /// @param structHash EIP-712 hashStruct of the message
    function digest(bytes32 separator, bytes32 structHash) internal pure returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(separator, structHash);
    }
}
