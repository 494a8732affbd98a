// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Abi} from "./base/Abi.sol";
import {EveryCall} from "./base/EveryCall.sol";

/// @dev Who may call what: every external function of every contract by everybody, in a state in which it would work. A function that is
/// not in the table fails the test.
contract RoleMatrixTest is EveryCall, Abi {
    function test_EverybodyIsServedOrRefusedAsTheTableSays() public {
        uint256 before = vm.snapshotState();
        for (uint256 i = 0; i < _rows.length; ++i) {
            for (uint256 role = 0; role < ROLES; ++role) {
                _check(i, role);
                vm.revertToState(before);
            }
        }
    }

    function test_TheTableKnowsEveryFunction() public {
        uint256 count = _checkComplete("Accountant", address(accountant));
        count += _checkComplete("ConsumerChannel", address(channel));
        count += _checkComplete("Registry", address(registry));
        vm.assertEq(_rows.length, count, "rows for nothing");
    }

    /// @dev What writes anything at a proxy does nothing at the implementation behind it, whoever calls.
    function test_TheBareImplementationsAreInert() public {
        _checkInert("Accountant", address(accountant), registry.accountantImplementation());
        _checkInert("ConsumerChannel", address(channel), registry.consumerChannelImplementation());
    }

    function _check(uint256 i, uint256 role) private {
        Row memory row = _rows[i];
        bytes4 selector = _selector(row.data);
        _prepare(selector);
        vm.prank(_who(role, row.target));
        (bool served, bytes memory answer) = row.target.call(row.data);
        bytes4 refusal = row.refusals[role];
        string memory what = string.concat("row ", vm.toString(i), ", role ", vm.toString(role));
        vm.assertEq(served ? bytes4(0) : _selector(answer), refusal, what);
    }

    function _checkComplete(string memory name, address target) private returns (uint256) {
        AbiFunction[] memory functions = _abi(name);
        for (uint256 i = 0; i < functions.length; ++i) {
            string memory what = string.concat("rows of ", name, ".", functions[i].signature);
            vm.assertEq(_rowsOf[target][functions[i].selector], 1, what);
            vm.assertTrue(_rowOf(target, functions[i].selector).readsOnly == functions[i].readsOnly, what);
        }
        return functions.length;
    }

    function _checkInert(string memory name, address proxy, address implementation) private {
        AbiFunction[] memory functions = _abi(name);
        for (uint256 i = 0; i < functions.length; ++i) {
            if (functions[i].readsOnly) continue;
            bytes memory data = _rowOf(proxy, functions[i].selector).data;
            // The registry owns the bare accountant; it has no code that would call this.
            uint256 last = functions[i].selector == accountant.transferOwnership.selector ? STRANGER : REGISTRY;
            for (uint256 role = 0; role <= last; ++role) {
                vm.prank(_who(role, implementation));
                (bool served,) = implementation.call(data);
                vm.assertFalse(served, string.concat(name, ".", functions[i].signature));
            }
        }
    }

    function _rowOf(address target, bytes4 selector) private view returns (Row memory) {
        for (uint256 i = 0; i < _rows.length; ++i) {
            if (_rows[i].target == target && _selector(_rows[i].data) == selector) return _rows[i];
        }
        revert("no such row");
    }
}
