// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {FeeTooHigh} from "../src/Errors.sol";
import {IFeeTerms} from "../src/interfaces/accountant/IFeeTerms.sol";
import {Requests} from "./base/Requests.sol";

contract FeeTermsTest is Requests {
    uint16 private constant AT_FIRST = 100;

    uint256 private start;

    function setUp() public override {
        super.setUp();
        start = block.timestamp;
    }

    function test_TheFirstFeeHoldsAtOnce() public view {
        _feeIs(AT_FIRST);
        _announcedIs(AT_FIRST, start);
    }

    function test_ARaiseTakesEffectAfterTheNotice() public {
        vm.expectEmit(address(accountant));
        emit IFeeTerms.FeeAnnounced(250, start + NOTICE);
        _set(250);
        _announcedIs(250, start + NOTICE);
        _feeIs(AT_FIRST);
        vm.warp(start + NOTICE - 1);
        _feeIs(AT_FIRST);
        vm.warp(start + NOTICE);
        _feeIs(250);
    }

    function test_LoweringHoldsAtOnce() public {
        vm.expectEmit(address(accountant));
        emit IFeeTerms.FeeAnnounced(99, start);
        _set(99);
        _feeIs(99);
        _announcedIs(99, start);
        _set(0);
        _feeIs(0);
    }

    function test_APendingRaiseIsReplacedByAnother() public {
        _set(250);
        vm.warp(start + NOTICE - 1);
        _set(300);
        vm.warp(start + NOTICE);
        _feeIs(AT_FIRST);
        _announcedIs(300, start + 2 * NOTICE - 1);
        vm.warp(start + 2 * NOTICE - 1);
        _feeIs(300);
    }

    function test_APendingRaiseIsReplacedByASmallerRaiseThatWaitsToo() public {
        _set(1000);
        vm.warp(start + NOTICE - 1);
        _set(101);
        vm.warp(start + NOTICE);
        _feeIs(AT_FIRST);
        vm.warp(start + 2 * NOTICE - 1);
        _feeIs(101);
    }

    function test_APendingRaiseIsReplacedByLowering() public {
        _set(1000);
        vm.warp(start + NOTICE - 1);
        _set(50);
        _feeIs(50);
        vm.warp(start + 10 * NOTICE);
        _feeIs(50);
    }

    function test_TheSameFeeTakesAPendingRaiseBack() public {
        _set(1000);
        _set(AT_FIRST);
        vm.warp(start + 10 * NOTICE);
        _feeIs(AT_FIRST);
        _announcedIs(AT_FIRST, start);
    }

    function test_ARaiseThatHoldsIsTheFeeToCompareWith() public {
        _set(1000);
        vm.warp(start + NOTICE);
        _set(999);
        _feeIs(999);
    }

    function test_IsAtMostAll() public {
        vm.expectRevert(abi.encodeWithSelector(FeeTooHigh.selector, 10_001));
        _set(10_001);
        _set(10_000);
        vm.warp(start + NOTICE);
        _feeIs(10_000);
    }

    /// @dev Whoever delivers today knows the highest fee of the next four days.
    function testFuzz_NoSequenceRaisesTheFeeWithinItsNotice(uint16[8] memory fees, uint32[8] memory pauses) public {
        // Of every announcement when it was made; the fee before all of them holds until one replaces it.
        uint256 effective = AT_FIRST;
        (uint256 pending, uint256 from) = (AT_FIRST, start);
        uint256 now_ = start;
        for (uint256 i = 0; i < fees.length; ++i) {
            now_ += pauses[i] % (2 * NOTICE);
            vm.warp(now_);
            if (now_ >= from) effective = pending;
            uint16 fee = fees[i] % 10_001;
            _set(fee);
            (pending, from) = (fee, fee > effective ? now_ + NOTICE : now_);
            if (now_ >= from) effective = pending;
            _feeIs(effective);
            _announcedIs(pending, from);
        }
    }

    function _set(uint16 basisPoints) private {
        vm.prank(owner);
        accountant.setFee(basisPoints);
    }

    function _feeIs(uint256 expected) private view {
        vm.assertEq(accountant.feeBasisPoints(), expected, "fee now");
    }

    function _announcedIs(uint256 fee, uint256 from) private view {
        (uint16 basisPoints, uint64 effectiveFrom) = accountant.announcedFee();
        vm.assertEq(basisPoints, fee, "announced");
        vm.assertEq(effectiveFrom, from, "from");
    }
}
