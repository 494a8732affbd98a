// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AlreadyOperator, InvalidSigner, NotOperator, OnlyOperator, ZeroAddress} from "../src/Errors.sol";
import {IOperatorKeys} from "../src/interfaces/accountant/IOperatorKeys.sol";
import {Requests} from "./base/Requests.sol";

contract OperatorKeysTest is Requests {
    uint256 private constant REVOCATION = 14 days;
    uint256 private constant NEW_KEY = 0x0A;

    address private immutable next = vm.addr(NEW_KEY);
    uint256 private start;

    function setUp() public override {
        super.setUp();
        _addFree(1_000_000);
        start = block.timestamp;
    }

    function test_TheFirstKeySignsAtOnce() public view {
        _isValid(operator, start, type(uint64).max);
        vm.assertTrue(accountant.isOperator(operator), "now");
        _isValid(stranger, 0, 0);
        vm.assertFalse(accountant.isOperator(stranger), "nobody's key");
    }

    function test_ANewKeySignsAfterTheNotice() public {
        vm.expectEmit(address(accountant));
        emit IOperatorKeys.OperatorAdded(next, start + NOTICE);
        _add(next);
        _isValid(next, start + NOTICE, type(uint64).max);
        vm.warp(start + NOTICE - 1);
        _refuses(NEW_KEY);
        vm.warp(start + NOTICE);
        _accepts(NEW_KEY);
        _accepts(OPERATOR_KEY);
    }

    function test_ARevokedKeySignsForFourteenMoreDays() public {
        vm.expectEmit(address(accountant));
        emit IOperatorKeys.OperatorRevoked(operator, start + REVOCATION);
        _revoke(operator);
        _isValid(operator, start, start + REVOCATION);
        vm.warp(start + REVOCATION - 1);
        _accepts(OPERATOR_KEY);
        vm.warp(start + REVOCATION);
        _refuses(OPERATOR_KEY);
    }

    function test_ARevocationIsTakenBackAtOnce() public {
        _revoke(operator);
        vm.warp(start + REVOCATION - 1);
        vm.expectEmit(address(accountant));
        emit IOperatorKeys.OperatorAdded(operator, start);
        _add(operator);
        _isValid(operator, start, type(uint64).max);
        vm.warp(start + 3650 days);
        _accepts(OPERATOR_KEY);
    }

    function test_ARevokedKeyComesBackAfterANewNoticeOnly() public {
        _revoke(operator);
        uint256 end = start + REVOCATION;
        vm.warp(end);
        _add(operator);
        _isValid(operator, end + NOTICE, type(uint64).max);
        vm.warp(end + NOTICE - 1);
        _refuses(OPERATOR_KEY);
        vm.warp(end + NOTICE);
        _accepts(OPERATOR_KEY);
    }

    function test_AKeyRevokedDuringItsNoticeNeverSigns() public {
        _add(next);
        vm.warp(start + NOTICE - 1);
        vm.expectEmit(address(accountant));
        emit IOperatorKeys.OperatorRevoked(next, start + NOTICE - 1);
        _revoke(next);
        uint256[4] memory elapsed = [NOTICE - 1, NOTICE, NOTICE + 1, NOTICE + REVOCATION];
        for (uint256 i = 0; i < elapsed.length; ++i) {
            vm.warp(start + elapsed[i]);
            _refuses(NEW_KEY);
        }
    }

    function test_AKeyRevokedDuringItsNoticeWaitsAgain() public {
        _add(next);
        vm.warp(start + NOTICE - 1);
        _revoke(next);
        _add(next);
        _isValid(next, start + 2 * NOTICE - 1, type(uint64).max);
        vm.warp(start + NOTICE);
        _refuses(NEW_KEY);
        vm.warp(start + 2 * NOTICE - 1);
        _accepts(NEW_KEY);
    }

    function test_AddedOnce() public {
        vm.expectRevert(abi.encodeWithSelector(AlreadyOperator.selector, operator));
        _add(operator);
        _add(next);
        vm.expectRevert(abi.encodeWithSelector(AlreadyOperator.selector, next));
        _add(next);
    }

    /// @dev Else the end of a stolen key could be put off again and again.
    function test_RevokedOnce() public {
        _revoke(operator);
        vm.warp(start + 1);
        vm.expectRevert(abi.encodeWithSelector(NotOperator.selector, operator));
        _revoke(operator);
        _isValid(operator, start, start + REVOCATION);
        vm.expectRevert(abi.encodeWithSelector(NotOperator.selector, stranger));
        _revoke(stranger);
    }

    function test_NobodyIsNoKey() public {
        vm.expectRevert(ZeroAddress.selector);
        _add(address(0));
    }

    function test_TheLastKeyMayGoAndAnotherComes() public {
        _revoke(operator);
        vm.warp(start + REVOCATION);
        _add(next);
        vm.warp(start + REVOCATION + NOTICE);
        _accepts(NEW_KEY);
        _refuses(OPERATOR_KEY);
    }

    function _add(address key) private {
        vm.prank(owner);
        accountant.addOperator(key);
    }

    function _revoke(address key) private {
        vm.prank(owner);
        accountant.revokeOperator(key);
    }

    /// @dev Its promises are paid and its transactions carried out.
    function _accepts(uint256 key) private {
        address signer = vm.addr(key);
        vm.assertTrue(accountant.isOperator(signer), "is an operator");
        uint256 amount = _settled(provider) + 10;
        bytes memory signature = _sign(key, _providerPromiseDigest(address(accountant), provider, amount, LOCK));
        accountant.settlePromise(provider, amount, LOCK, signature);
        vm.prank(signer);
        accountant.lockFunds(stranger, 1);
    }

    function _refuses(uint256 key) private {
        address signer = vm.addr(key);
        vm.assertFalse(accountant.isOperator(signer), "is no operator");
        uint256 amount = _settled(provider) + 10;
        bytes memory signature = _sign(key, _providerPromiseDigest(address(accountant), provider, amount, LOCK));
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, signer));
        accountant.settlePromise(provider, amount, LOCK, signature);
        vm.expectRevert(OnlyOperator.selector);
        vm.prank(signer);
        accountant.lockFunds(stranger, 1);
    }

    function _isValid(address key, uint256 from, uint256 until) private view {
        (uint64 validFrom, uint64 validUntil) = accountant.operatorValidity(key);
        vm.assertEq(validFrom, from, "from");
        vm.assertEq(validUntil, until, "until");
    }
}
