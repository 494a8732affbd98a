// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AlreadySettled, InvalidSigner, NothingPayable, OnlySelf} from "../src/Errors.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {Network} from "./base/Network.sol";

contract SettlePromisesTest is Network {
    address private constant FIRST = address(0xF1);
    address private constant SECOND = address(0xF2);

    function test_PaysManyProviders() public {
        _addFree(1000);
        ISettlements.Settlement[] memory rows = new ISettlements.Settlement[](3);
        rows[0] = _row(FIRST, 100);
        rows[1] = _row(SECOND, 200);
        rows[2] = _row(provider, 300);
        rows[2].fee = _fee(30, 0);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(FIRST, FIRST, 100, 100, 0, 100, LOCK);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(SECOND, SECOND, 200, 200, 0, 200, LOCK);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, provider, 300, 300, 30, 300, LOCK);
        vm.prank(stranger);
        accountant.settlePromises(rows);
        vm.assertEq(token.balanceOf(FIRST), 100, "first");
        vm.assertEq(token.balanceOf(SECOND), 200, "second");
        vm.assertEq(token.balanceOf(provider), 270, "third, less its fee");
        vm.assertEq(token.balanceOf(transactionMaker), 30, "fee");
    }

    function test_ABadRowFailsAlone() public {
        _addFree(250);
        _settle(FIRST, 50);
        ISettlements.Settlement[] memory rows = new ISettlements.Settlement[](6);
        rows[0] = _row(FIRST, 50);
        rows[1] = _row(SECOND, 100);
        rows[1].signature = _sign(STRANGER_KEY, _providerPromiseDigest(address(accountant), SECOND, 100, LOCK));
        rows[2] = _row(SECOND, 100);
        rows[3] = _row(provider, 40);
        rows[3].fee = _fee(10, 0);
        rows[3].fee.minSettled = 1;
        rows[4] = _row(provider, 500);
        rows[5] = _row(FIRST, 51);
        bytes memory badFee = _failureAlone(rows[3]);

        _expectFailure(0, FIRST, abi.encodeWithSelector(AlreadySettled.selector, 50, 50));
        _expectFailure(1, SECOND, abi.encodeWithSelector(InvalidSigner.selector, vm.addr(STRANGER_KEY)));
        _expectFailure(3, provider, badFee);
        _expectFailure(5, FIRST, abi.encodeWithSelector(NothingPayable.selector, 1));
        accountant.settlePromises(rows);
        vm.assertEq(token.balanceOf(SECOND), 100, "the good row beside bad ones");
        vm.assertEq(token.balanceOf(provider), 100, "what was left, without the bad row's fee");
        vm.assertEq(token.balanceOf(FIRST), 50, "nothing twice");
    }

    function test_TheSamePromiseTwiceInABatchPaysOnce() public {
        _addFree(1000);
        ISettlements.Settlement[] memory rows = new ISettlements.Settlement[](2);
        rows[0] = _row(FIRST, 100);
        rows[1] = _row(FIRST, 100);
        _expectFailure(1, FIRST, abi.encodeWithSelector(AlreadySettled.selector, 100, 100));
        accountant.settlePromises(rows);
        vm.assertEq(token.balanceOf(FIRST), 100, "once");
    }

    function test_AnEmptyBatchDoesNothing() public {
        accountant.settlePromises(new ISettlements.Settlement[](0));
        vm.assertEq(token.balanceOf(address(accountant)), STAKE, "nothing moved");
    }

    function test_RowsAreForTheContractItself() public {
        _addFree(1000);
        ISettlements.Settlement memory row = _row(FIRST, 100);
        vm.expectRevert(OnlySelf.selector);
        accountant.settleRow(row);
    }

    function _row(address to, uint256 amount) private view returns (ISettlements.Settlement memory row) {
        row.provider = to;
        row.amount = amount;
        row.lock = LOCK;
        row.signature = _providerPromise(to, amount);
    }

    function _expectFailure(uint256 row, address subject, bytes memory reason) private {
        vm.expectEmit(address(accountant));
        emit IChannelBook.RowFailed(row, subject, reason);
    }

    function _failureAlone(ISettlements.Settlement memory row) private returns (bytes memory) {
        try accountant.settlePromiseWithFee(row.provider, row.amount, row.lock, row.signature, row.fee) {
            revert("the row is good");
        } catch (bytes memory reason) {
            return reason;
        }
    }
}
