// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {
    DeadlinePassed,
    InvalidSigner,
    NothingPayable,
    NothingRequested,
    NoticeRunning,
    RequestLapsed,
    WrongNonce,
    ZeroAddress
} from "../src/Errors.sol";
import {IConsumerChannel} from "../src/interfaces/IConsumerChannel.sol";
import {Requests} from "./base/Requests.sol";

/// @dev The consumer's way out without the accountant's consent.
contract ExitTest is Requests {
    ConsumerChannel private channel;
    uint256 private start;

    function setUp() public override {
        super.setUp();
        channel = _openConsumerChannel(CONSUMER_KEY, 100);
        start = block.timestamp;
    }

    function test_IsAnnouncedAndPaidAfterTheNotice() public {
        bytes memory signature = _signedRequest(BENEFICIARY, 0, start);
        vm.expectEmit(address(channel));
        emit IConsumerChannel.ExitRequested(address(accountant), BENEFICIARY, 0, start + NOTICE, start + NOTICE + LAPSE);
        vm.prank(stranger);
        channel.requestExit(BENEFICIARY, 0, start, signature);
        _isOpen(BENEFICIARY, start);
        vm.assertEq(channel.nonce(), 1, "the counter rose");
        vm.assertEq(token.balanceOf(address(channel)), 100, "nothing moved yet");

        vm.warp(start + NOTICE);
        vm.expectEmit(address(channel));
        emit IConsumerChannel.ExitFinalized(address(accountant), BENEFICIARY, 100);
        vm.prank(stranger);
        vm.assertEq(channel.finalizeExit(), 100, "paid");
        vm.assertEq(token.balanceOf(BENEFICIARY), 100, "to the beneficiary");
        vm.assertEq(token.balanceOf(stranger), 0, "not to the sender");
        vm.assertEq(channel.settled(), 0, "an exit is no settlement");
        _isClosed();
    }

    function test_NotBeforeTheNoticeIsOver() public {
        _requestExit(channel, BENEFICIARY);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + NOTICE));
        channel.finalizeExit();
        vm.warp(start + NOTICE - 1);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + NOTICE));
        channel.finalizeExit();
        vm.warp(start + NOTICE);
        channel.finalizeExit();
    }

    function test_LapsesAfterTheLastSecond() public {
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + NOTICE + LAPSE + 1);
        vm.expectRevert(abi.encodeWithSelector(RequestLapsed.selector, start + NOTICE + LAPSE));
        channel.finalizeExit();
        _isOpen(BENEFICIARY, start);
        vm.warp(start + NOTICE + LAPSE);
        vm.assertEq(channel.finalizeExit(), 100, "the last second counts");
    }

    function test_NothingWithoutARequest() public {
        vm.expectRevert(NothingRequested.selector);
        channel.finalizeExit();
        _isClosed();
    }

    function test_HappensOnce() public {
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + NOTICE);
        channel.finalizeExit();
        token.mint(address(channel), 50);
        vm.expectRevert(NothingRequested.selector);
        channel.finalizeExit();
    }

    function test_ANewRequestReplacesTheOldOneAndStartsAgain() public {
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + NOTICE);
        _requestExit(channel, stranger);
        _isOpen(stranger, start + NOTICE);
        vm.expectRevert(abi.encodeWithSelector(NoticeRunning.selector, start + 2 * NOTICE));
        channel.finalizeExit();
        vm.warp(start + 2 * NOTICE);
        channel.finalizeExit();
        vm.assertEq(token.balanceOf(stranger), 100, "the new beneficiary");
        vm.assertEq(token.balanceOf(BENEFICIARY), 0, "not the old one");
    }

    function test_ALapsedRequestIsReplaced() public {
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + NOTICE + LAPSE + 1);
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + 2 * NOTICE + LAPSE + 1);
        vm.assertEq(channel.finalizeExit(), 100, "paid");
    }

    function test_SettlingGoesOnAndTheExitPaysTheRest() public {
        _requestExit(channel, BENEFICIARY);
        _settleConsumer(30);
        vm.warp(start + NOTICE);
        _settleConsumer(60);
        vm.assertEq(channel.finalizeExit(), 40, "the rest");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE + 60, "settled");
    }

    function test_DepositsDuringTheNoticeLeaveToo() public {
        _requestExit(channel, BENEFICIARY);
        token.mint(address(channel), 11);
        vm.warp(start + NOTICE);
        vm.assertEq(channel.finalizeExit(), 111, "all tokens");
    }

    function test_TheChannelWorksOnAfterwards() public {
        _settleConsumer(60);
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + NOTICE);
        channel.finalizeExit();

        token.mint(address(channel), 500);
        vm.assertEq(_settleConsumer(100), 40, "totals go on where they were");
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + 2 * NOTICE);
        vm.assertEq(channel.finalizeExit(), 460, "a second exit");
        vm.assertEq(channel.nonce(), 2, "two requests");
    }

    function test_WithNothingThereItStaysOpen() public {
        _settleConsumer(100);
        _requestExit(channel, BENEFICIARY);
        vm.warp(start + NOTICE);
        vm.expectRevert(abi.encodeWithSelector(NothingPayable.selector, 0));
        channel.finalizeExit();
        _isOpen(BENEFICIARY, start);
        token.mint(address(channel), 5);
        vm.assertEq(channel.finalizeExit(), 5, "a late deposit");
    }

    function test_ARequestHoldsForItsTurnOnly() public {
        bytes memory signature = _signedRequest(BENEFICIARY, 1, start);
        vm.expectRevert(abi.encodeWithSelector(WrongNonce.selector, 1, 0));
        channel.requestExit(BENEFICIARY, 1, start, signature);
        _requestExit(channel, stranger);
        channel.requestExit(BENEFICIARY, 1, start, signature);
        vm.expectRevert(abi.encodeWithSelector(WrongNonce.selector, 1, 2));
        channel.requestExit(BENEFICIARY, 1, start, signature);
    }

    function test_ARequestHoldsUntilItsDeadlineInclusive() public {
        bytes memory signature = _signedRequest(BENEFICIARY, 0, start);
        vm.warp(start + 1);
        vm.expectRevert(abi.encodeWithSelector(DeadlinePassed.selector, start));
        channel.requestExit(BENEFICIARY, 0, start, signature);
        vm.assertEq(channel.nonce(), 0, "a failure uses no turn");
        vm.warp(start);
        channel.requestExit(BENEFICIARY, 0, start, signature);
    }

    function test_EveryFieldIsSigned() public {
        bytes memory signature = _signedRequest(BENEFICIARY, 0, start);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.requestExit(stranger, 0, start, signature);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.requestExit(BENEFICIARY, 0, start + 1, signature);
        _requestExit(channel, stranger);
        vm.expectPartialRevert(InvalidSigner.selector);
        channel.requestExit(BENEFICIARY, 1, start, signature);
    }

    function test_OnlyTheConsumerSigns() public {
        uint256[3] memory keys = [OPERATOR_KEY, PROVIDER_KEY, STRANGER_KEY];
        bytes32 digest = _requestExitDigest(address(accountant), address(channel), BENEFICIARY, 0, start);
        for (uint256 i = 0; i < keys.length; ++i) {
            bytes memory signature = _sign(keys[i], digest);
            vm.expectRevert(abi.encodeWithSelector(InvalidSigner.selector, vm.addr(keys[i])));
            channel.requestExit(BENEFICIARY, 0, start, signature);
        }
    }

    function test_RefusesNobodyAsBeneficiary() public {
        bytes memory signature = _signedRequest(address(0), 0, start);
        vm.expectRevert(ZeroAddress.selector);
        channel.requestExit(address(0), 0, start, signature);
    }

    /// @dev At any moment: paid inside the window and nowhere else, and then all that is there.
    function testFuzz_PaysAllInTheWindowOnly(uint64 deposit, uint64 settled, uint32 after_) public {
        token.mint(address(channel), deposit);
        uint256 there = 100 + uint256(deposit);
        _requestExit(channel, BENEFICIARY);
        uint256 promised = _bound(settled, 1, there);
        _settleConsumer(promised);
        uint256 elapsed = _bound(after_, 0, 30 days);
        vm.warp(start + elapsed);
        bool due = elapsed >= 4 days && elapsed <= 11 days && promised != there;
        try channel.finalizeExit() returns (uint256 paid) {
            vm.assertTrue(due, "paid outside of the window");
            vm.assertEq(paid, there - promised, "all that is there");
            vm.assertEq(token.balanceOf(BENEFICIARY), there - promised, "received");
        } catch {
            vm.assertFalse(due, "refused inside of the window");
        }
    }

    function _signedRequest(address beneficiary, uint256 nonce, uint256 deadline) private view returns (bytes memory) {
        return
            _sign(CONSUMER_KEY, _requestExitDigest(address(accountant), address(channel), beneficiary, nonce, deadline));
    }

    function _settleConsumer(uint256 amount) private returns (uint256) {
        bytes memory signature = _consumerPromise(CONSUMER_KEY, address(channel), amount);
        return channel.settlePromise(amount, AGREEMENT_HASH, LOCK, signature);
    }

    function _isOpen(address expected, uint256 requestedAt) private view {
        (address beneficiary, uint256 finalizableAt, uint256 lapsesAt) = channel.exitRequest();
        vm.assertEq(beneficiary, expected, "beneficiary");
        vm.assertEq(finalizableAt, requestedAt + NOTICE, "from");
        vm.assertEq(lapsesAt, requestedAt + NOTICE + LAPSE, "until");
    }

    function _isClosed() private view {
        (address beneficiary, uint256 finalizableAt, uint256 lapsesAt) = channel.exitRequest();
        vm.assertEq(beneficiary, address(0), "no beneficiary");
        vm.assertEq(finalizableAt + lapsesAt, 0, "no times");
    }
}
