// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {
    AlreadySettled,
    AmountOutOfRange,
    MalformedRows,
    NothingPayable,
    OnlyOperator,
    ZeroAddress
} from "../src/Errors.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {ISettlements} from "../src/interfaces/accountant/ISettlements.sol";
import {Requests} from "./base/Requests.sol";

contract PayProvidersTest is Requests {
    address private constant FIRST = address(0xF1);
    address private constant SECOND = address(0xF2);

    function test_PaysManyProviders() public {
        _addFree(1000);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(FIRST, FIRST, 100, 100, 0, 100, 0);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(SECOND, SECOND, 200, 200, 0, 200, 0);
        _pay(bytes.concat(_row(FIRST, 100), _row(SECOND, 200)));
        vm.assertEq(token.balanceOf(FIRST), 100, "first");
        vm.assertEq(token.balanceOf(SECOND), 200, "second");
        vm.assertEq(_settled(SECOND), 200, "settled");
        vm.assertEq(accountant.withdrawable(), 700, "the rest");
    }

    function test_TotalsArePromisesTotals() public {
        _addFree(1000);
        _settle(FIRST, 60);
        _pay(_row(FIRST, 100));
        vm.assertEq(token.balanceOf(FIRST), 100, "the difference");
        _settle(FIRST, 150);
        vm.assertEq(token.balanceOf(FIRST), 150, "and back");
    }

    function test_GoesToTheBeneficiary() public {
        _addFree(1000);
        _setBeneficiary(BENEFICIARY);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, BENEFICIARY, 100, 100, 0, 100, 0);
        _pay(_row(provider, 100));
        vm.assertEq(token.balanceOf(BENEFICIARY), 100, "beneficiary");
        vm.assertEq(token.balanceOf(provider), 0, "not the provider");
    }

    function test_FreeTokensFirstThenTheBalanceWhichTheStakeRefills() public {
        _lend(FIRST, 100);
        _addFree(80);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(FIRST, FIRST, 150, 150, 0, 150, 0);
        vm.expectEmit(address(accountant));
        emit IChannelBook.ChannelRebalanced(FIRST, 100, 70);
        _pay(_row(FIRST, 150));
        vm.assertEq(_balance(FIRST), 100, "balance");
        vm.assertEq(accountant.reservedFunds(), 100, "V");
    }

    function test_PaysPartlyAndTheRestLater() public {
        _lend(FIRST, 100);
        _drainTo(0);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(FIRST, FIRST, 250, 100, 0, 100, 0);
        _pay(_row(FIRST, 250));
        _addFree(1000);
        accountant.rebalanceChannel(FIRST);
        _pay(_row(FIRST, 250));
        vm.assertEq(token.balanceOf(FIRST), 200, "another balance's worth");
    }

    function test_ABadRowFailsAlone() public {
        _addFree(300);
        _settle(FIRST, 50);
        bytes memory rows =
            bytes.concat(_row(address(0), 10), _row(FIRST, 0), _row(FIRST, 50), _row(SECOND, 100), _row(provider, 500));
        _expectFailure(0, address(0), abi.encodeWithSelector(ZeroAddress.selector));
        _expectFailure(1, FIRST, abi.encodeWithSelector(AmountOutOfRange.selector, 0));
        _expectFailure(2, FIRST, abi.encodeWithSelector(AlreadySettled.selector, 50, 50));
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(SECOND, SECOND, 100, 100, 0, 100, 0);
        vm.expectEmit(address(accountant));
        emit ISettlements.PromiseSettled(provider, provider, 500, 150, 0, 150, 0);
        _expectFailure(5, FIRST, abi.encodeWithSelector(NothingPayable.selector, 1));
        _pay(bytes.concat(rows, _row(FIRST, 51)));
        vm.assertEq(token.balanceOf(SECOND), 100, "the good rows");
        vm.assertEq(token.balanceOf(provider), 150, "what was left");
    }

    function test_TheSameProviderTwiceIsPaidUpToTheHigherTotal() public {
        _addFree(1000);
        _expectFailure(2, FIRST, abi.encodeWithSelector(AlreadySettled.selector, 90, 150));
        _pay(bytes.concat(_row(FIRST, 100), _row(FIRST, 150), _row(FIRST, 90)));
        vm.assertEq(token.balanceOf(FIRST), 150, "not the sum");
    }

    function test_RowsShareWhatThereIs() public {
        _lend(SECOND, 40);
        _addFree(100);
        _pay(bytes.concat(_row(FIRST, 70), _row(SECOND, 100), _row(stranger, 1)));
        vm.assertEq(token.balanceOf(FIRST), 70, "the first");
        vm.assertEq(token.balanceOf(SECOND), 70, "the rest and its own balance");
        vm.assertEq(token.balanceOf(stranger), 0, "nothing left");
    }

    function test_TheLargestTotal() public {
        _addFree(MAX_AMOUNT - STAKE);
        _pay(_row(FIRST, MAX_AMOUNT));
        vm.assertEq(token.balanceOf(FIRST), MAX_AMOUNT - STAKE, "all that is free");
    }

    function test_RefusesWhatIsNotAWholeNumberOfRows() public {
        uint256[4] memory lengths = [uint256(1), 35, 37, 71];
        for (uint256 i = 0; i < lengths.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(MalformedRows.selector, lengths[i]));
            _pay(new bytes(lengths[i]));
        }
        _pay("");
        vm.assertEq(token.balanceOf(address(accountant)), STAKE, "an empty batch does nothing");
    }

    function test_OnlyAnOperatorOfThisMoment() public {
        _addFree(1000);
        bytes memory row = _row(FIRST, 100);
        vm.expectRevert(OnlyOperator.selector);
        vm.prank(owner);
        accountant.payProviders(row);
        vm.prank(owner);
        accountant.revokeOperator(operator);
        uint256 start = block.timestamp;
        vm.warp(start + 14 days);
        vm.expectRevert(OnlyOperator.selector);
        _pay(row);
        vm.warp(start + 14 days - 1);
        _pay(row);
        vm.assertEq(token.balanceOf(FIRST), 100, "until the last second");
    }

    /// @dev A packed row does to the books what the promise of the same total does.
    function testFuzz_IsAsThePromise(uint64 loan, uint64 left, uint64 free, uint64 amount) public {
        if (loan != 0) _lend(provider, loan);
        _drainTo(_bound(left, 0, STAKE));
        _addFree(free);
        uint256 total = _bound(amount, 1, type(uint64).max);
        uint256 before = vm.snapshotState();
        _pay(_row(provider, total));
        uint256[5] memory packed = _books();
        vm.revertToState(before);
        bytes memory signature = _providerPromise(provider, total);
        try accountant.settlePromise(provider, total, LOCK, signature) {} catch {}
        uint256[5] memory promised = _books();
        for (uint256 i = 0; i < packed.length; ++i) {
            vm.assertEq(packed[i], promised[i], "the same books");
        }
    }

    function _books() private view returns (uint256[5] memory) {
        return [
            token.balanceOf(provider),
            _settled(provider),
            _balance(provider),
            accountant.lockedFunds(),
            accountant.reservedFunds()
        ];
    }

    function _pay(bytes memory rows) private {
        vm.prank(operator);
        accountant.payProviders(rows);
    }

    function _row(address to, uint256 total) private pure returns (bytes memory) {
        // forge-lint: disable-next-line(unsafe-typecast)
        return abi.encodePacked(to, uint128(total));
    }

    function _expectFailure(uint256 row, address subject, bytes memory reason) private {
        vm.expectEmit(address(accountant));
        emit IChannelBook.RowFailed(row, subject, reason);
    }
}
