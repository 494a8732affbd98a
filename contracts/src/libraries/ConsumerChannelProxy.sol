// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

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

    uint256 private constant ARGUMENTS_LENGTH = 4 * 20;
    uint256 private constant CODE_LENGTH = 45 + ARGUMENTS_LENGTH;

    // Where the channel is, or will be.
    function predict(address implementation, Arguments memory arguments) internal pure returns (address) {
        return Clones.predictDeterministicAddressWithImmutableArgs(
            implementation, _pack(arguments), _salt(arguments.identity), arguments.registry
        );
    }

    // Creates the channel; only the registry in the arguments gets the predicted address.
    function deploy(address implementation, Arguments memory arguments) internal returns (address) {
        return Clones.cloneDeterministicWithImmutableArgs(implementation, _pack(arguments), _salt(arguments.identity));
    }

    // The arguments of a proxy, which must be one.
    function read(address channel) internal view returns (Arguments memory arguments) {
        bytes memory packed = Clones.fetchCloneArgs(channel);
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(arguments, shr(96, mload(add(packed, 32))))
            mstore(add(arguments, 32), shr(96, mload(add(packed, 52))))
            mstore(add(arguments, 64), shr(96, mload(add(packed, 72))))
            mstore(add(arguments, 96), shr(96, mload(add(packed, 92))))
        }
    }

    // Whether `channel` was deployed by `registry` for `accountant`. Never reverts, calls nobody.
    function isGenuine(address channel, address implementation, address accountant, address token, address registry)
        internal
        view
        returns (bool)
    {
        if (channel.code.length != CODE_LENGTH) return false;
        Arguments memory expected = Arguments(read(channel).identity, accountant, token, registry);
        return predict(implementation, expected) == channel;
    }

    function _pack(Arguments memory arguments) private pure returns (bytes memory) {
        return abi.encodePacked(arguments.identity, arguments.accountant, arguments.token, arguments.registry);
    }

    function _salt(address identity) private pure returns (bytes32) {
        return bytes32(uint256(uint160(identity)));
    }
}
