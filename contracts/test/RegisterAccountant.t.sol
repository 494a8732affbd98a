// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOutOfRange, FeeTooHigh, StakeTooLow, ZeroAddress} from "../src/Errors.sol";
import {Registry} from "../src/Registry.sol";
import {Accountant} from "../src/accountant/Accountant.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {Network} from "./base/Network.sol";

contract RegisterAccountantTest is Network {
    function test_DeploysAnAccountantThatTheSenderOwns() public view {
        vm.assertTrue(registry.isAccountant(address(accountant)), "registered");
        vm.assertEq(accountant.owner(), owner, "owner");
        vm.assertTrue(accountant.isOperator(operator), "operator");
        vm.assertFalse(accountant.isOperator(owner), "the owner is no operator");
        vm.assertFalse(accountant.isOperator(address(0)), "nobody is no operator");
        vm.assertEq(accountant.token(), address(token), "token");
        vm.assertEq(accountant.registry(), address(registry), "registry");
        vm.assertEq(accountant.stake(), STAKE, "stake");
        vm.assertEq(accountant.feeBasisPoints(), 100, "terms");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE, "the stake came");
        vm.assertEq(token.balanceOf(owner), 0, "from the owner");
        vm.assertEq(accountant.withdrawable(), 0, "the stake is not free");
        vm.assertEq(accountant.lockedFunds() + accountant.reservedFunds(), 0, "nothing is owed");
    }

    function test_EmitsTheTerms() public {
        _approve(MINIMUM_STAKE);
        address next = registry.accountantAddress(owner, stranger, registry.accountantCount(owner));
        vm.expectEmit(address(registry));
        emit IRegistry.AccountantRegistered(next, owner, stranger, MINIMUM_STAKE, 10_000);
        vm.prank(owner);
        vm.assertEq(registry.registerAccountant(stranger, MINIMUM_STAKE, 10_000), next, "address");
    }

    function test_AccountantsAreApart() public {
        Accountant second = _registerAccountant(stranger, MINIMUM_STAKE);
        vm.assertFalse(accountant.isOperator(stranger), "a stranger here");
        vm.assertFalse(second.isOperator(operator), "a stranger there");
        vm.assertEq(second.stake(), MINIMUM_STAKE, "its own stake");
        vm.assertEq(accountant.stake(), STAKE, "the first one's stake");
    }

    function test_RefusesTooLittleStake() public {
        _approve(MINIMUM_STAKE - 1);
        vm.expectRevert(abi.encodeWithSelector(StakeTooLow.selector, MINIMUM_STAKE - 1, MINIMUM_STAKE));
        vm.prank(owner);
        registry.registerAccountant(operator, MINIMUM_STAKE - 1, 0);
    }

    function test_RefusesAStakeWithoutTokens() public {
        vm.expectRevert();
        vm.prank(stranger);
        registry.registerAccountant(operator, MINIMUM_STAKE, 0);
    }

    function test_RefusesAStakeOutOfRange() public {
        _approve(MAX_AMOUNT + 1);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        vm.prank(owner);
        registry.registerAccountant(operator, MAX_AMOUNT + 1, 0);
    }

    function test_RefusesNobodyAsOperator() public {
        _approve(MINIMUM_STAKE);
        vm.expectRevert(ZeroAddress.selector);
        vm.prank(owner);
        registry.registerAccountant(address(0), MINIMUM_STAKE, 0);
    }

    function test_RefusesAFeeAboveAll() public {
        _approve(MINIMUM_STAKE);
        vm.expectRevert(abi.encodeWithSelector(FeeTooHigh.selector, 10_001));
        vm.prank(owner);
        registry.registerAccountant(operator, MINIMUM_STAKE, 10_001);
    }

    function test_ARegistryNeedsATokenAndATreasury() public {
        vm.expectRevert(ZeroAddress.selector);
        new Registry(stranger, MINIMUM_STAKE, REGISTRATION_FEE, treasury);
        vm.expectRevert(ZeroAddress.selector);
        new Registry(address(token), MINIMUM_STAKE, REGISTRATION_FEE, address(0));
    }

    function test_ARegistryNeedsAmountsInRange() public {
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        new Registry(address(token), MAX_AMOUNT + 1, REGISTRATION_FEE, treasury);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        new Registry(address(token), MINIMUM_STAKE, MAX_AMOUNT + 1, treasury);
    }

    function _approve(uint256 stake) private {
        token.mint(owner, stake);
        vm.prank(owner);
        token.approve(address(registry), stake);
    }
}
