// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {DevelopmentToken} from "../src/DevelopmentToken.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {Requests} from "./base/Requests.sol";
import {Vm} from "./base/Vm.sol";
import {HostileToken} from "./tokens/HostileToken.sol";

/// @dev One of 200 providers is blocked by the token's issuer: 199 are paid, one is reported, and its books are as before.
contract BlockedReceiverTest is Requests {
    uint256 private constant COUNT = 200;
    uint256 private constant BLOCKED = 77;

    HostileToken private hostile;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < COUNT; ++i) {
            _lend(_provider(i), 10);
        }
        hostile.block_(_provider(BLOCKED));
    }

    /// @dev Free tokens for half of them, then everybody's own balance, which the stake refills.
    function test_ABatchOfPromises() public {
        _addFree(100 * 50);
        ISettlements.Settlement[] memory rows = new ISettlements.Settlement[](COUNT);
        for (uint256 i = 0; i < COUNT; ++i) {
            rows[i] = _settlement(_provider(i), 50);
        }
        vm.recordLogs();
        accountant.settlePromises(rows);
        _check(abi.encodeWithSelector(HostileToken.NotToday.selector));
    }

    function test_APackedPayment() public {
        _addFree(100 * 50);
        bytes memory rows;
        for (uint256 i = 0; i < COUNT; ++i) {
            rows = bytes.concat(rows, abi.encodePacked(_provider(i), uint128(50)));
        }
        vm.recordLogs();
        vm.prank(operator);
        accountant.payProviders(rows);
        _check(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile)));
    }

    /// @dev Its row would have drawn from its balance: loan, balance and sums come back exactly.
    function test_ABalanceDrawnForNothingComesBack() public {
        address blocked = _provider(BLOCKED);
        vm.prank(operator);
        accountant.payProviders(abi.encodePacked(blocked, uint128(5)));
        vm.assertEq(_balance(blocked), 10, "balance");
        vm.assertEq(_settled(blocked), 0, "settled");
        vm.assertEq(accountant.lockedFunds(), COUNT * 10, "L");
        vm.assertEq(accountant.reservedFunds(), COUNT * 10, "V");
        // A guarantee without a loan: the channel is still known as guaranteed after the failure.
        _addFree(5);
        vm.prank(operator);
        accountant.lockFunds(stranger, 5);
        hostile.block_(stranger);
        vm.prank(operator);
        accountant.payProviders(abi.encodePacked(stranger, uint128(5)));
        vm.assertEq(_balance(stranger), 5, "guarantee");
        _redirectsBlocked();
    }

    /// @dev The way out of a blocked receiver: another beneficiary, and the same totals are paid.
    function _redirectsBlocked() private {
        _lend(provider, 30);
        hostile.block_(provider);
        vm.prank(operator);
        accountant.payProviders(abi.encodePacked(provider, uint128(25)));
        vm.assertEq(_settled(provider), 0, "blocked");
        _setBeneficiary(BENEFICIARY);
        vm.prank(operator);
        accountant.payProviders(abi.encodePacked(provider, uint128(25)));
        vm.assertEq(token.balanceOf(BENEFICIARY), 25, "paid elsewhere");
    }

    function _check(bytes memory reason) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 failures;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IChannelBook.RowFailed.selector) continue;
            vm.assertEq(uint256(logs[i].topics[1]), BLOCKED, "which row");
            vm.assertEq(abi.decode(logs[i].data, (bytes)), reason, "why");
            ++failures;
        }
        vm.assertEq(failures, 1, "one is reported");

        (uint256 paid, uint256 balances, uint256 reserved) = (0, 0, 0);
        for (uint256 i = 0; i < COUNT; ++i) {
            address to = _provider(i);
            IChannelBook.ProviderChannel memory entry = accountant.channel(to);
            vm.assertEq(entry.settled, token.balanceOf(to), "settled is what was received");
            if (i != BLOCKED) vm.assertGe(entry.settled, 10, "the others are paid");
            vm.assertEq(entry.loan, 10, "loan");
            paid += entry.settled;
            balances += entry.balance;
            reserved += entry.balance > 10 ? entry.balance : 10;
        }
        vm.assertEq(_settled(_provider(BLOCKED)), 0, "the blocked one is not");
        vm.assertEq(_balance(_provider(BLOCKED)), 10, "and keeps its balance");
        vm.assertEq(accountant.lockedFunds(), balances, "L");
        vm.assertEq(accountant.reservedFunds(), reserved, "V");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + COUNT * 10 + 100 * 50 - paid, "T");
    }

    function _provider(uint256 i) private pure returns (address) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return address(uint160(0xB10C0000 + i));
    }

    function _newToken() internal override returns (DevelopmentToken) {
        return hostile = new HostileToken();
    }
}
