// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {DevelopmentToken} from "../src/DevelopmentToken.sol";
import {IChannelBook} from "../src/interfaces/accountant/IChannelBook.sol";
import {EveryCall} from "./base/EveryCall.sol";
import {ReentrantToken} from "./tokens/ReentrantToken.sol";

/// @dev A registry's token must not call anybody. One that does, while it owns the accountant and is its operator too, calls every function
/// out of every function: no token leaves twice, and the books stay those of the tokens.
contract ReentrancyTest is EveryCall {
    struct Books {
        uint256 held;
        uint256 locked;
        uint256 collected;
        uint256 lent;
        uint256 settled;
        uint256 returned;
        uint256 taken;
        uint256 deposit;
        uint256 exited;
    }

    ReentrantToken private hostile;
    mapping(bytes4 selector => bool) private _movesNothing;

    function setUp() public override {
        super.setUp();
        // What the owner announces, or says about keys and terms, needs no guard: no token and no channel changes by it.
        _movesNothing[accountant.addOperator.selector] = true;
        _movesNothing[accountant.revokeOperator.selector] = true;
        _movesNothing[accountant.setFee.selector] = true;
        _movesNothing[accountant.requestWithdrawal.selector] = true;
        _movesNothing[accountant.pauseNewLoans.selector] = true;
        _movesNothing[accountant.close.selector] = true;
        _movesNothing[accountant.transferOwnership.selector] = true;
    }

    function test_NoFunctionOfTheAccountantIsEnteredWhileItPays() public {
        _reenterAll(address(accountant), address(accountant));
    }

    function test_NoTokenLeavesTwiceWhereverItIsEntered() public {
        address[3] memory targets = [address(accountant), address(channel), address(registry)];
        for (uint256 outer = 0; outer < targets.length; ++outer) {
            for (uint256 inner = 0; inner < targets.length; ++inner) {
                _reenterAll(targets[outer], targets[inner]);
            }
        }
    }

    function _reenterAll(address outerTarget, address innerTarget) private {
        uint256 before = vm.snapshotState();
        uint256 entered;
        for (uint256 outer = 0; outer < _rows.length; ++outer) {
            if (_rows[outer].readsOnly || _rows[outer].target != outerTarget) continue;
            if (_isPart(_selector(_rows[outer].data))) continue;
            for (uint256 inner = 0; inner < _rows.length; ++inner) {
                if (_rows[inner].readsOnly || _rows[inner].target != innerTarget) continue;
                entered += _reenter(outer, inner);
                vm.revertToState(before);
            }
        }
        vm.assertGe(entered, 4, "calls out of a moving token");
    }

    /// @dev Parts of other calls, which count and guard for them.
    function _isPart(bytes4 selector) private view returns (bool) {
        return selector == accountant.settleRow.selector || selector == channel.payRegistration.selector;
    }

    function _reenter(uint256 outer, uint256 inner) private returns (uint256) {
        Row memory first = _rows[outer];
        Row memory second = _rows[inner];
        string memory what = string.concat("row ", vm.toString(inner), " out of row ", vm.toString(outer));
        _prepare(_selector(first.data));
        Books memory books = _books();
        hostile.arm(second.target, second.data);
        address sender = _sender(first);
        vm.prank(sender);
        (bool done,) = first.target.call(first.data);
        hostile.arm(address(0), "");
        _checkBooks(books, what);
        // A failed call takes the token's own notes back with it.
        if (!done || hostile.calls() == 0) return 0;
        if (first.target == address(accountant) && second.target == address(accountant)) _checkRefusal(second, what);
        return 1;
    }

    function _checkRefusal(Row memory second, string memory what) private view {
        if (_movesNothing[_selector(second.data)]) return;
        vm.assertFalse(hostile.served(), what);
        // Others refuse the token even before they look at the guard: it is not whom they serve.
        if (second.refusals[OWNER] != 0 && second.refusals[OPERATOR] != 0) return;
        bytes4 guard = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
        vm.assertEq(_selector(hostile.refusal()), guard, what);
    }

    /// @dev Every token that came or went stands in the books of who it belongs to, once.
    function _checkBooks(Books memory old, string memory what) private view {
        Books memory books = _books();
        vm.assertEq(
            books.held + (books.settled - old.settled) + (books.returned - old.returned) + (books.taken - old.taken),
            old.held + (books.collected - old.collected) + (books.lent - old.lent),
            string.concat("T: ", what)
        );
        vm.assertEq(
            books.deposit + (books.collected - old.collected) + (books.exited - old.exited),
            old.deposit,
            string.concat("deposit: ", what)
        );
        vm.assertGe(books.held, books.locked, string.concat("T >= L: ", what));
        vm.assertEq(
            books.locked, _balance(provider) + _balance(consumer), string.concat("L is the sum of balances: ", what)
        );
        vm.assertLe(books.settled, 200, string.concat("never above what was signed: ", what));
        vm.assertLe(books.collected, 100, string.concat("nor by the consumer: ", what));
        vm.assertLe(books.returned, 100, string.concat("nor of the loan: ", what));
    }

    function _books() private view returns (Books memory books) {
        IChannelBook.ProviderChannel memory entry = accountant.channel(provider);
        books.held = token.balanceOf(address(accountant));
        books.locked = accountant.lockedFunds();
        books.collected = channel.settled();
        books.lent = uint256(entry.loan) + entry.returned;
        books.settled = entry.settled;
        books.returned = entry.returned;
        books.taken = hostile.moved(address(accountant), address(hostile));
        books.deposit = token.balanceOf(address(channel));
        books.exited = token.balanceOf(EXIT);
    }

    /// @dev Somebody whom the function serves.
    function _sender(Row memory row) private view returns (address) {
        for (uint256 role = 0; role < ITSELF; ++role) {
            if (row.refusals[role] == 0) return _who(role, row.target);
        }
        return stranger;
    }

    function _newToken() internal override returns (DevelopmentToken) {
        return hostile = new ReentrantToken();
    }

    function _announce() internal override {
        vm.prank(owner);
        accountant.addOperator(address(hostile));
        vm.prank(owner);
        accountant.transferOwnership(address(hostile));
        hostile.accept(accountant);
    }
}
