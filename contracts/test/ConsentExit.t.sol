// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {
    AmountOutOfRange,
    DeadlinePassed,
    InsufficientFunds,
    InvalidSigner,
    WrongNonce,
    ZeroAddress
} from "../src/Errors.sol";
import {IConsumerChannel} from "../src/interfaces/IConsumerChannel.sol";
import {Requests} from "./base/Requests.sol";

/// @dev The consumer's way out with the accountant's consent: at once, and exactly what both signed.
contract ConsentExitTest is Requests {
    ConsumerChannel private channel;

    function setUp() public override {
        super.setUp();
        channel = _openConsumerChannel(CONSUMER_KEY, 100);
    }

    function test_PaysExactlyWhatBothSigned() public {
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 60, 0);
        vm.expectEmit(address(channel));
        emit IConsumerChannel.ConsentedExitPaid(address(accountant), BENEFICIARY, 60, 0);
        vm.prank(stranger);
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, consumers, operators);
        vm.assertEq(token.balanceOf(BENEFICIARY), 60, "paid");
        vm.assertEq(token.balanceOf(address(channel)), 40, "the rest stays");
        vm.assertEq(channel.nonce(), 1, "the counter rose");
        vm.assertEq(channel.settled(), 0, "an exit is no settlement");
    }

    function test_IsAllOrNothing() public {
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 101, 0);
        vm.expectRevert(abi.encodeWithSelector(InsufficientFunds.selector, 101, 100));
        channel.consentExit(BENEFICIARY, 101, 0, block.timestamp, consumers, operators);
        vm.assertEq(channel.nonce(), 0, "a failure uses no turn");
        token.mint(address(channel), 1);
        channel.consentExit(BENEFICIARY, 101, 0, block.timestamp, consumers, operators);
        vm.assertEq(token.balanceOf(BENEFICIARY), 101, "all of it");
    }

    function test_NeedsBothSignatures() public {
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 60, 0);
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, operator));
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, operators, operators);
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, consumer));
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, consumers, consumers);
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, operator));
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, operators, consumers);
    }

    function test_TheOwnerIsNoOperator() public {
        (bytes memory consumers,) = _signed(BENEFICIARY, 60, 0);
        vm.prank(owner);
        accountant.transferOwnership(vm.addr(STRANGER_KEY));
        vm.prank(vm.addr(STRANGER_KEY));
        accountant.acceptOwnership();
        bytes memory owners = _sign(STRANGER_KEY, _consent(BENEFICIARY, 60, 0, block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, vm.addr(STRANGER_KEY)));
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, consumers, owners);
    }

    function test_ARevokedOperatorConsentsForFourteenMoreDays() public {
        vm.prank(owner);
        accountant.revokeOperator(operator);
        uint256 start = block.timestamp;
        vm.warp(start + 14 days);
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 60, 0);
        vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, operator));
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, consumers, operators);
        vm.warp(start + 14 days - 1);
        (consumers, operators) = _signed(BENEFICIARY, 60, 0);
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, consumers, operators);
    }

    function test_ANewOperatorConsentsAfterTheNotice() public {
        vm.prank(owner);
        accountant.addOperator(vm.addr(STRANGER_KEY));
        vm.warp(block.timestamp + NOTICE);
        (bytes memory consumers,) = _signed(BENEFICIARY, 60, 0);
        bytes memory operators = _sign(STRANGER_KEY, _consent(BENEFICIARY, 60, 0, block.timestamp));
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, consumers, operators);
        vm.assertEq(token.balanceOf(BENEFICIARY), 60, "paid");
    }

    /// @dev One counter: of a consent and a request signed for the same turn only one holds.
    function test_SharesItsTurnWithTheExitRequest() public {
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 60, 0);
        _requestExit(channel, BENEFICIARY);
        vm.expectRevert(abi.encodeWithSelector(WrongNonce.selector, 0, 1));
        channel.consentExit(BENEFICIARY, 60, 0, block.timestamp, consumers, operators);

        bytes32 digest = _requestExitDigest(address(accountant), address(channel), BENEFICIARY, 1, block.timestamp);
        (consumers, operators) = _signed(BENEFICIARY, 60, 1);
        channel.consentExit(BENEFICIARY, 60, 1, block.timestamp, consumers, operators);
        bytes memory request = _sign(CONSUMER_KEY, digest);
        vm.expectRevert(abi.encodeWithSelector(WrongNonce.selector, 1, 2));
        channel.requestExit(BENEFICIARY, 1, block.timestamp, request);
    }

    function test_AnOpenExitRequestStaysOpen() public {
        _requestExit(channel, stranger);
        uint256 requestedAt = block.timestamp;
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 60, 1);
        channel.consentExit(BENEFICIARY, 60, 1, block.timestamp, consumers, operators);
        vm.warp(requestedAt + NOTICE);
        vm.assertEq(channel.finalizeExit(), 40, "the rest");
        vm.assertEq(token.balanceOf(stranger), 40, "to the request's beneficiary");
    }

    function test_HoldsUntilItsDeadlineInclusive() public {
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 60, 0);
        uint256 deadline = block.timestamp;
        vm.warp(deadline + 1);
        vm.expectRevert(abi.encodeWithSelector(DeadlinePassed.selector, deadline));
        channel.consentExit(BENEFICIARY, 60, 0, deadline, consumers, operators);
        vm.warp(deadline);
        channel.consentExit(BENEFICIARY, 60, 0, deadline, consumers, operators);
    }

    function test_EveryFieldIsSignedByBoth() public {
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, 60, 0);
        uint256 now_ = block.timestamp;
        for (uint256 side = 0; side < 2; ++side) {
            (bytes memory first, bytes memory second) = (consumers, operators);
            // The other side signs what is sent; this one signed something else.
            if (side == 1) first = _sign(CONSUMER_KEY, _consent(stranger, 60, 0, now_));
            else second = _sign(OPERATOR_KEY, _consent(stranger, 60, 0, now_));
            vm.expectPartialRevert(InvalidSigner.selector);
            channel.consentExit(stranger, 60, 0, now_, first, second);
            if (side == 1) first = _sign(CONSUMER_KEY, _consent(BENEFICIARY, 61, 0, now_));
            else second = _sign(OPERATOR_KEY, _consent(BENEFICIARY, 61, 0, now_));
            vm.expectPartialRevert(InvalidSigner.selector);
            channel.consentExit(BENEFICIARY, 61, 0, now_, first, second);
            if (side == 1) first = _sign(CONSUMER_KEY, _consent(BENEFICIARY, 60, 0, now_ + 1));
            else second = _sign(OPERATOR_KEY, _consent(BENEFICIARY, 60, 0, now_ + 1));
            vm.expectPartialRevert(InvalidSigner.selector);
            channel.consentExit(BENEFICIARY, 60, 0, now_ + 1, first, second);
        }
    }

    function test_RefusesNobodyAndAmountsOutOfRange() public {
        vm.expectRevert(ZeroAddress.selector);
        channel.consentExit(address(0), 60, 0, block.timestamp, "", "");
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        channel.consentExit(BENEFICIARY, 0, 0, block.timestamp, "", "");
        vm.expectRevert(abi.encodeWithSelector(AmountOutOfRange.selector, MAX_AMOUNT + 1));
        channel.consentExit(BENEFICIARY, MAX_AMOUNT + 1, 0, block.timestamp, "", "");
    }

    function testFuzz_ExactlyOrNotAtAll(uint64 deposit, uint64 amount_) public {
        token.mint(address(channel), deposit);
        uint256 there = 100 + uint256(deposit);
        uint256 amount = _bound(amount_, 1, 2 * there);
        (bytes memory consumers, bytes memory operators) = _signed(BENEFICIARY, amount, 0);
        try channel.consentExit(BENEFICIARY, amount, 0, block.timestamp, consumers, operators) {
            vm.assertEq(token.balanceOf(BENEFICIARY), amount, "exactly");
        } catch {
            vm.assertGe(amount, there + 1, "refused although it was there");
            vm.assertEq(token.balanceOf(BENEFICIARY), 0, "or not at all");
        }
        vm.assertEq(token.balanceOf(address(channel)) + token.balanceOf(BENEFICIARY), there, "tokens");
    }

    function _signed(address beneficiary, uint256 amount, uint256 nonce)
        private
        view
        returns (bytes memory, bytes memory)
    {
        bytes32 digest = _consent(beneficiary, amount, nonce, block.timestamp);
        return (_sign(CONSUMER_KEY, digest), _sign(OPERATOR_KEY, digest));
    }

    function _consent(address beneficiary, uint256 amount, uint256 nonce, uint256 deadline)
        private
        view
        returns (bytes32)
    {
        return _consentExitDigest(address(accountant), address(channel), beneficiary, amount, nonce, deadline);
    }
}
