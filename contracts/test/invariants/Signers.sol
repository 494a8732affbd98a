// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DeadlinePassed, InvalidSigner, WrongNonce} from "../../src/Errors.sol";
import {Watched} from "./Watched.sol";

/// @title Who signs for the accountant at which time, and requests as they should not be signed
abstract contract Signers is Watched {
    uint256 internal constant KEYS = 2;
    uint256 internal constant FOR_EVER = type(uint64).max;

    /// @dev When a key holds: from the first second to the one before the last.
    struct Validity {
        uint256 from;
        uint256 until;
    }

    /// @dev A request with a nonce, in time or not, by whom it should or not, and the refusal that it must meet.
    struct Request {
        uint256 nonce;
        uint256 deadline;
        uint256 key;
        bytes4 refusal;
    }

    Validity[KEYS] internal _validity;

    function setUp() public virtual override {
        super.setUp();
        _validity[0] = Validity(block.timestamp, FOR_EVER);
    }

    function operatorKey(uint256 k) public pure returns (uint256) {
        return OPERATOR_KEY + k;
    }

    function operatorAddress(uint256 k) public pure returns (address) {
        return vm.addr(operatorKey(k));
    }

    /// @dev Whether a key signs for the accountant at the clock's time, by what the owner did.
    function isValid(uint256 k) public view returns (bool) {
        return _validity[k].from <= clock && clock < _validity[k].until;
    }

    /// @dev Mostly a key that holds, if there is one.
    function _operatorFor(uint256 seed) internal view returns (uint256 k) {
        k = seed / 8 % KEYS;
        if (seed % 8 != 0 && !isValid(k)) k = (k + 1) % KEYS;
    }

    /// @dev Mostly right.
    function _request(uint256 seed, uint256 nonce, uint256 key_) internal view returns (Request memory) {
        uint256 flaw = seed % 16;
        if (flaw == 1) return Request(nonce, block.timestamp - 1, key_, DeadlinePassed.selector);
        if (flaw == 2) return Request(nonce + 1, block.timestamp, key_, WrongNonce.selector);
        if (flaw == 3 && nonce != 0) return Request(nonce - 1, block.timestamp, key_, WrongNonce.selector);
        if (flaw == 4) return Request(nonce, block.timestamp, STRANGER_KEY, InvalidSigner.selector);
        return Request(nonce, block.timestamp + seed % 2, key_, bytes4(0));
    }
}
