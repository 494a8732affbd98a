// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Requests} from "./base/Requests.sol";

/// @dev The accountant's address binds its owner and first operator: nobody can put another one there.
contract AccountantAddressTest is Requests {
    function test_IsWhereTheAccountantIsDeployed() public {
        vm.assertEq(registry.accountantCount(owner), 1, "one so far");
        vm.assertEq(registry.accountantAddress(owner, operator, 0), address(accountant), "the first");
        address next = registry.accountantAddress(owner, operator, 1);
        vm.assertFalse(registry.isAccountant(next), "not yet");
        vm.assertEq(address(_registerAccountant(operator, STAKE)), next, "the second");
        vm.assertTrue(registry.isAccountant(next), "registered");
        vm.assertEq(registry.accountantCount(owner), 2, "two");
    }

    function testFuzz_IsCreate2OfTheMinimalProxy(address owner_, address operator_, uint256 index) public view {
        bytes memory code = abi.encodePacked(
            hex"3d602d80600a3d3981f3363d3d373d3d3d363d73",
            registry.accountantImplementation(),
            hex"5af43d82803e903d91602b57fd5bf3"
        );
        bytes32 salt = keccak256(abi.encode(owner_, operator_, index));
        bytes32 hash = keccak256(abi.encodePacked(hex"ff", address(registry), salt, keccak256(code)));
        address predicted = registry.accountantAddress(owner_, operator_, index);
        vm.assertEq(predicted, address(uint160(uint256(hash))), "EIP-1014");
    }

    function test_DiffersByOwnerOperatorAndIndex() public view {
        address one = registry.accountantAddress(owner, operator, 1);
        vm.assertTrue(one != registry.accountantAddress(stranger, operator, 1), "owner");
        vm.assertTrue(one != registry.accountantAddress(owner, stranger, 1), "operator");
        vm.assertTrue(one != registry.accountantAddress(owner, operator, 2), "index");
    }

    /// @dev Somebody else who sends the same registration first gets another address, and the owner's is still free.
    function test_NobodyTakesItByComingFirst() public {
        address mine = registry.accountantAddress(owner, operator, 1);
        token.mint(stranger, STAKE);
        vm.prank(stranger);
        token.approve(address(registry), STAKE);
        vm.prank(stranger);
        address theirs = registry.registerAccountant(operator, STAKE, 100);
        vm.assertTrue(theirs != mine, "another address");
        vm.assertEq(address(_registerAccountant(operator, STAKE)), mine, "still free");
    }

    function test_TokensSentBeforeDeploymentAreNobodysThen() public {
        token.mint(registry.accountantAddress(owner, operator, 1), 77);
        accountant = _registerAccountant(operator, STAKE);
        vm.assertEq(accountant.withdrawable(), 77, "free");
        vm.assertEq(_settle(provider, 77), 77, "pays providers");
    }

    function test_AConsumerChannelWaitsForItsAccountantsDeployment() public {
        address next = registry.accountantAddress(owner, operator, 1);
        address channel = registry.channelAddress(consumer, next);
        token.mint(channel, 100);
        accountant = _registerAccountant(operator, STAKE);
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        vm.assertEq(registry.registerIdentity(message, _signed(CONSUMER_KEY, message)), channel, "the same address");
        vm.assertEq(token.balanceOf(channel), 100 - REGISTRATION_FEE, "its tokens");
    }
}
