// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AmountOutOfRange, ZeroAddress} from "../src/Errors.sol";
import {ILoans} from "../src/interfaces/accountant/ILoans.sol";
import {Network} from "./base/Network.sol";

contract IncreaseLoanTest is Network {
    function test_AnyonePaysAndItIsLockedForTheProvider() public {
        token.mint(stranger, 100);
        vm.prank(stranger);
        token.approve(address(accountant), 100);
        vm.expectEmit(address(accountant));
        emit ILoans.LoanIncreased(provider, 60, 60);
        vm.prank(stranger);
        accountant.increaseLoan(provider, 60);
        vm.expectEmit(address(accountant));
        emit ILoans.LoanIncreased(provider, 100, 40);
        vm.prank(stranger);
        accountant.increaseLoan(provider, 40);

        vm.assertEq(accountant.channel(provider).loan, 100, "loan");
        vm.assertEq(_balance(provider), 100, "balance");
        vm.assertEq(accountant.lockedFunds(), 100, "L");
        vm.assertEq(accountant.reservedFunds(), 100, "V");
        vm.assertEq(accountant.withdrawable(), 0, "not free");
        vm.assertEq(token.balanceOf(stranger), 0, "paid");
        vm.assertEq(accountant.channel(stranger).loan, 0, "not for the payer");
    }

    function test_IsNeverBlocked() public {
        _lend(provider, 50);
        _drainTo(0);
        _settle(provider, 50);
        _lend(provider, 10);
        vm.assertEq(accountant.channel(provider).loan, 60, "loan");
        vm.assertEq(_balance(provider), 10, "its own tokens only");
    }

    function test_NeedsTheTokens() public {
        token.approve(address(accountant), 100);
        vm.expectRevert();
        accountant.increaseLoan(provider, 100);
        vm.assertEq(_balance(provider), 0, "nothing");
    }

    function test_RefusesAmountsOutOfRange() public {
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        accountant.increaseLoan(provider, 0);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        accountant.increaseLoan(provider, MAX_AMOUNT + 1);
        _lend(provider, MAX_AMOUNT);
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        accountant.increaseLoan(provider, 1);
    }

    function test_RefusesALoanForNobody() public {
        vm.expectRevert(ZeroAddress.selector);
        accountant.increaseLoan(address(0), 100);
    }
}
