// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "./Test.sol";

/// @title Reads the committed ABI of a contract: what exists, whatever a test believes
abstract contract Abi is Test {
    struct AbiFunction {
        string signature;
        bytes4 selector;
        bool readsOnly;
    }

    mapping(string name => AbiFunction[]) private _functions;

    function _abi(string memory name) internal returns (AbiFunction[] memory) {
        string memory json = vm.readFile(string.concat("abi/", name, ".json"));
        delete _functions[name];
        AbiFunction[] storage functions = _functions[name];
        string memory entry = "$.abi[0]";
        for (uint256 i = 0; vm.keyExistsJson(json, entry); entry = string.concat("$.abi[", vm.toString(++i), "]")) {
            if (!_is(_field(json, entry, ".type"), "function")) continue;
            string memory types = _types(json, string.concat(entry, ".inputs"));
            string memory signature = string.concat(_field(json, entry, ".name"), "(", types, ")");
            string memory mutability = _field(json, entry, ".stateMutability");
            bool readsOnly = _is(mutability, "view") || _is(mutability, "pure");
            functions.push(AbiFunction(signature, bytes4(keccak256(bytes(signature))), readsOnly));
        }
        vm.assertGe(functions.length, 1, string.concat("no functions in ", name));
        return functions;
    }

    /// @dev Canonical types, separated by commas; a tuple is its members.
    function _types(string memory json, string memory list) private view returns (string memory types) {
        string memory entry = string.concat(list, "[0]");
        for (uint256 i = 0; vm.keyExistsJson(json, entry); entry = string.concat(list, "[", vm.toString(++i), "]")) {
            string memory name = _field(json, entry, ".type");
            if (_is(name, "tuple")) name = _tuple(json, entry);
            if (_is(name, "tuple[]")) name = string.concat(_tuple(json, entry), "[]");
            types = string.concat(types, i == 0 ? "" : ",", name);
        }
    }

    function _tuple(string memory json, string memory entry) private view returns (string memory) {
        return string.concat("(", _types(json, string.concat(entry, ".components")), ")");
    }

    function _field(string memory json, string memory entry, string memory field) private pure returns (string memory) {
        return vm.parseJsonString(json, string.concat(entry, field));
    }

    function _is(string memory a, string memory b) private pure returns (bool) {
        return keccak256(bytes(a)) == keccak256(bytes(b));
    }
}
