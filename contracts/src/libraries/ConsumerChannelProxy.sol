// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Create2} from "@openzeppelin/contracts/utils/Create2.sol";

/// @title The proxy of a consumer channel (paper section 4.3)
/// @notice EIP-1167 with immutable arguments at a CREATE2 address.
/// @dev Arguments, packed: identity, accountant, token, registry. The salt is the left-padded identity; the accountant is in the
/// bytecode, so that the paper's formula gives every accountant of an identity its own address.
library ConsumerChannelProxy {
    struct Arguments {
        address identity;
        address accountant;
        address token;
        address registry;
    }

    // OpenZeppelin's creation code around implementation and arguments; `predict` hashes it in one piece, which is cheaper per row.
    bytes20 private constant CODE_BEFORE = hex"61007d3d81600a3d39f3363d3d373d3d3d363d73";
    bytes15 private constant CODE_AFTER = hex"5af43d82803e903d91602b57fd5bf3";
    uint256 private constant ARGUMENTS_OFFSET = 45;
    uint256 private constant ARGUMENTS_LENGTH = 4 * 20;

    // Where the channel is, or will be.
    function predict(address implementation, Arguments memory arguments) internal pure returns (address) {
        bytes32 codeHash = keccak256(
            abi.encodePacked(
                CODE_BEFORE,
                implementation,
                CODE_AFTER,
                arguments.identity,
                arguments.accountant,
                arguments.token,
                arguments.registry
            )
        );
        return Create2.computeAddress(_salt(arguments.identity), codeHash, arguments.registry);
    }

    // Creates the channel; only the registry in the arguments gets the predicted address.
    function deploy(address implementation, Arguments memory arguments) internal returns (address) {
        return Clones.cloneDeterministicWithImmutableArgs(implementation, _pack(arguments), _salt(arguments.identity));
    }

    // The arguments of a proxy, which must be one.
    function read(address channel) internal view returns (Arguments memory arguments) {
        uint256 offset = ARGUMENTS_OFFSET;
        uint256 length = ARGUMENTS_LENGTH;
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let packed := mload(0x40)
            extcodecopy(channel, packed, offset, length)
            mstore(arguments, shr(96, mload(packed)))
            mstore(add(arguments, 32), shr(96, mload(add(packed, 20))))
            mstore(add(arguments, 64), shr(96, mload(add(packed, 40))))
            mstore(add(arguments, 96), shr(96, mload(add(packed, 60))))
        }
    }

    function _pack(Arguments memory arguments) private pure returns (bytes memory) {
        return abi.encodePacked(arguments.identity, arguments.accountant, arguments.token, arguments.registry);
    }

    function _salt(address identity) private pure returns (bytes32) {
        return bytes32(uint256(uint160(identity)));
    }
}
