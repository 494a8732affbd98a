// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {ConsumerChannel} from "../src/ConsumerChannel.sol";
import {DevelopmentToken} from "../src/DevelopmentToken.sol";
import {TokenNotPlain} from "../src/Errors.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {IRegistry} from "../src/interfaces/IRegistry.sol";
import {EveryCall} from "./base/EveryCall.sol";
import {Vm} from "./base/Vm.sol";
import {HostileToken} from "./tokens/HostileToken.sol";

/// @dev Tokens that are no plain ERC-20: what goes wrong goes wrong as a whole, by name, and the books stay right.
contract HostileTokensTest is EveryCall {
    HostileToken private hostile;

    /// @dev Some of the largest tokens answer nothing; everything works with them.
    function test_ATokenThatAnswersNothingWorks() public {
        hostile.become(HostileToken.Mood.Silent);
        uint256 before = vm.snapshotState();
        for (uint256 i = 0; i < _rows.length; ++i) {
            vm.recordLogs();
            (bool served, bytes memory answer) = _call(i);
            bytes4 refusal = served ? bytes4(0) : _selector(answer);
            vm.assertEq(refusal, _rows[i].refusals[_role(i)], string.concat("row ", vm.toString(i)));
            vm.assertEq(_failedRows(""), 0, "rows of batches too");
            vm.revertToState(before);
        }
    }

    function test_ATokenThatSaysNoLeavesEverythingAsItWas() public {
        bytes memory reason = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile));
        _changesNothing(HostileToken.Mood.False, reason);
    }

    function test_ATokenThatRevertsLeavesEverythingAsItWas() public {
        _changesNothing(HostileToken.Mood.Reverting, abi.encodeWithSelector(HostileToken.NotToday.selector));
    }

    function test_ATokenThatTakesFeesIsRefusedWhereTheBooksCountOnIt() public {
        IRegistry.RegisterIdentity memory message = _registration(provider, 200);
        _fundPredicted(message, 0);
        bytes memory signature = _signed(PROVIDER_KEY, message);
        hostile.become(HostileToken.Mood.Taking);

        vm.expectRevert(abi.encodeWithSelector(TokenNotPlain.selector, STAKE, STAKE - 1));
        vm.prank(stranger);
        registry.registerAccountant(operator, STAKE, 100);
        vm.expectRevert(abi.encodeWithSelector(TokenNotPlain.selector, 100, 99));
        vm.prank(stranger);
        accountant.increaseLoan(provider, 100);
        vm.expectRevert(abi.encodeWithSelector(TokenNotPlain.selector, 200, 199));
        registry.registerIdentity(message, signature);
        vm.assertEq(accountant.channel(provider).loan, 100, "no loan more");
        vm.assertEq(registry.accountantCount(stranger), 0, "no accountant");
    }

    /// @dev Nothing counts on what arrives then: the consumer's tokens must not be locked by the token's ways.
    function test_ATokenThatTakesFeesDoesNotStopARegistrationWithoutALoan() public {
        IRegistry.RegisterIdentity memory message = _registration(provider, 0);
        message.beneficiary = BENEFICIARY;
        _fundPredicted(message, 5);
        hostile.become(HostileToken.Mood.Taking);
        registry.registerIdentity(message, _signed(PROVIDER_KEY, message));
        vm.assertEq(accountant.channel(provider).beneficiary, BENEFICIARY, "registered");
    }

    /// @dev Whatever moves tokens fails as a whole; batches report each row's reason.
    function _changesNothing(HostileToken.Mood mood, bytes memory reason) private {
        hostile.become(mood);
        uint256 before = vm.snapshotState();
        uint256 failures;
        for (uint256 i = 0; i < _rows.length; ++i) {
            if (_rows[i].readsOnly || _rows[i].refusals[_role(i)] != 0) continue;
            bytes32 books = _books();
            vm.recordLogs();
            (bool served, bytes memory answer) = _call(i);
            uint256 failed = served ? _failedRows(reason) : 1;
            if (!served) vm.assertEq(answer, reason, string.concat("row ", vm.toString(i)));
            if (failed != 0) vm.assertEq(_books(), books, string.concat("the books after row ", vm.toString(i)));
            failures += failed;
            vm.revertToState(before);
        }
        // Accountant: settlePromise, the same with fee, its row, returnLoan, increaseLoan, withdraw, returnStake, recover; rows of
        // settlePromises, payProviders, collect. Channel: settlePromise, both exits, payRegistration. Registry: both registrations.
        vm.assertEq(failures, 8 + 3 + 4 + 2, "what moves tokens");
    }

    /// @dev How many rows of a batch failed, every one for this reason.
    function _failedRows(bytes memory reason) private returns (uint256 failed) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        // The operator's own payment asks whether the token moved, not why it did not.
        bytes memory packed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(hostile));
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != IChannelBook.RowFailed.selector) continue;
            bytes32 actual = keccak256(abi.decode(logs[i].data, (bytes)));
            vm.assertTrue(actual == keccak256(reason) || actual == keccak256(packed), "the row's reason");
            ++failed;
        }
    }

    function _call(uint256 i) private returns (bool, bytes memory) {
        _prepare(_selector(_rows[i].data));
        address sender = _who(_role(i), _rows[i].target);
        vm.prank(sender);
        return _rows[i].target.call(_rows[i].data);
    }

    /// @dev Somebody whom the function serves; the contract itself for nobody.
    function _role(uint256 i) private view returns (uint256 role) {
        while (role != ITSELF && _rows[i].refusals[role] != 0) ++role;
    }

    function _books() private view returns (bytes32) {
        return keccak256(
            abi.encode(
                accountant.channel(provider),
                accountant.channel(consumer),
                accountant.lockedFunds(),
                accountant.reservedFunds(),
                accountant.withdrawable(),
                channel.settled(),
                channel.nonce(),
                token.balanceOf(address(channel))
            )
        );
    }

    function _newToken() internal override returns (DevelopmentToken) {
        return hostile = new HostileToken();
    }
}
