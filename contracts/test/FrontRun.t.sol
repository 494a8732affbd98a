// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {
    AlreadyInitialized,
    AlreadyRegistered,
    InvalidSigner,
    OnlyRegistry,
    OnlyThroughProxy,
    UnknownAccountant
} from "../src/Errors.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {ConsumerChannelProxy} from "../src/libraries/ConsumerChannelProxy.sol";
import {Requests} from "./base/Requests.sol";

/// @dev Somebody sees a deployment coming and is faster.
contract FrontRunTest is Requests {
    /// @dev No accountant is ever without its owner: it is set in the transaction that creates the proxy.
    function test_NobodyInitializesAnAccountant() public {
        address[5] memory others = [owner, operator, stranger, address(accountant), treasury];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(OnlyRegistry.selector);
            vm.prank(others[i]);
            accountant.initialize(stranger, stranger, 1, 1);
        }
        vm.expectRevert(AlreadyInitialized.selector);
        vm.prank(address(registry));
        accountant.initialize(stranger, stranger, 1, 1);
    }

    function test_NobodyTakesTheImplementations() public {
        Accountant bare = Accountant(registry.accountantImplementation());
        vm.expectRevert(OnlyThroughProxy.selector);
        vm.prank(stranger);
        bare.initialize(stranger, stranger, 1, 1);
        vm.assertEq(bare.owner(), address(registry), "owned by who can do nothing with it");
    }

    /// @dev A proxy of one's own before the same code has no owner for ever, and is nobody's accountant.
    function test_AnAccountantOfOnesOwnIsNone() public {
        vm.prank(stranger);
        Accountant copy = Accountant(Clones.clone(registry.accountantImplementation()));
        vm.expectRevert(OnlyRegistry.selector);
        vm.prank(stranger);
        copy.initialize(stranger, stranger, 1, 1);
        vm.assertEq(copy.owner(), address(0), "nobody's");
        vm.assertFalse(copy.isOperator(address(0)), "nobody signs for it");
        vm.assertFalse(registry.isAccountant(address(copy)), "unknown");
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        message.accountant = address(copy);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.expectRevert(abi.encodeWithSelector(UnknownAccountant.selector, address(copy)));
        registry.registerIdentity(message, signature);
    }

    /// @dev Whoever sends a registration does what the identity signed, and gains nothing.
    function test_AStolenRegistrationIsTheOwnersRegistration() public {
        IRegistry.RegisterIdentity memory message = _registration(consumer, 50);
        (message.beneficiary, message.fee, message.transactionMaker) = (BENEFICIARY, 30, transactionMaker);
        _fundPredicted(message, 100);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        vm.prank(stranger);
        address opened = registry.registerIdentity(message, signature);
        vm.expectRevert(abi.encodeWithSelector(AlreadyRegistered.selector, opened));
        vm.prank(transactionMaker);
        registry.registerIdentity(message, signature);
        vm.assertEq(token.balanceOf(stranger), 0, "nothing for the thief");
        vm.assertEq(token.balanceOf(transactionMaker), 30, "the named one is paid");
        vm.assertEq(token.balanceOf(opened), 100, "the deposit");
        vm.assertEq(_balance(consumer), 50, "the loan");
    }

    /// @dev With the transaction maker changed to oneself the signature is nobody's.
    function test_AChangedRegistrationIsNone() public {
        IRegistry.RegisterIdentity memory message = _registration(consumer, 0);
        (message.fee, message.transactionMaker) = (30, transactionMaker);
        _fundPredicted(message, 100);
        bytes memory signature = _signed(CONSUMER_KEY, message);
        message.transactionMaker = stranger;
        vm.expectPartialRevert(InvalidSigner.selector);
        vm.prank(stranger);
        registry.registerIdentity(message, signature);
    }

    /// @dev A predicted address is the registry's alone: the same code deployed by another lies elsewhere.
    function test_NobodyDeploysAtAPredictedAddress() public {
        address predicted = registry.channelAddress(consumer, address(accountant));
        token.mint(predicted, 100);
        address twin = ConsumerChannelProxy.deploy(
            registry.consumerChannelImplementation(),
            ConsumerChannelProxy.Arguments(consumer, address(accountant), address(token), address(registry))
        );
        vm.assertTrue(twin != predicted, "elsewhere");
        vm.assertEq(predicted.code.length, 0, "still free");
        // The registry does not know it, so even its own door is closed to whoever deployed it.
        vm.expectRevert(OnlyRegistry.selector);
        ConsumerChannel(twin).payRegistration(stranger, 0, 0, stranger, 0);
        vm.assertEq(address(_openConsumerChannel(CONSUMER_KEY, 0)), predicted, "deployed where predicted");
    }
}
