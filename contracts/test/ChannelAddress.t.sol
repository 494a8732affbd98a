// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Network} from "./base/Network.sol";

/// @dev The CREATE2 address against the formula of EIP-1014, spelled out byte by byte.
contract ChannelAddressTest is Network {
    function test_IsWhereTheChannelIsDeployed() public {
        address predicted = registry.channelAddress(consumer, address(accountant));
        vm.assertEq(address(_openConsumerChannel(CONSUMER_KEY, 5)), predicted, "deployed where predicted");
        vm.assertEq(registry.channelAddress(consumer, address(accountant)), predicted, "and it stays there");
    }

    function testFuzz_IsCreate2OfProxyAndArguments(address identity, address accountant_) public view {
        bytes memory code = abi.encodePacked(
            hex"61007d3d81600a3d39f3363d3d373d3d3d363d73",
            registry.consumerChannelImplementation(),
            hex"5af43d82803e903d91602b57fd5bf3",
            identity,
            accountant_,
            address(token),
            address(registry)
        );
        bytes32 hash = keccak256(abi.encodePacked(hex"ff", address(registry), bytes12(0), identity, keccak256(code)));
        vm.assertEq(registry.channelAddress(identity, accountant_), address(uint160(uint256(hash))), "EIP-1014");
        vm.assertFalse(registry.isRegistered(identity, accountant_), "nothing is there");
    }

    function testFuzz_DiffersByIdentityAndAccountant(address a, address b, address x, address y) public view {
        vm.assume(a != b && x != y);
        vm.assertTrue(registry.channelAddress(a, x) != registry.channelAddress(b, x), "identity");
        vm.assertTrue(registry.channelAddress(a, x) != registry.channelAddress(a, y), "accountant");
    }
}
