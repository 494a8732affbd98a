// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {DeadlinePassed, InvalidSigner} from "../Errors.sol";
import {TypedData} from "./TypedData.sol";

/// @title Who signed a message (protocol section 2)
/// @notice 65 bytes, low s, v 27 or 28; anything else reverts with OpenZeppelin's error. Never the zero address.
library Signatures {
    function signer(address verifyingContract, bytes32 structHash, bytes calldata signature)
        internal
        view
        returns (address)
    {
        return signer(TypedData.domain(verifyingContract), structHash, signature);
    }

    // For callers that verify two signatures in one domain.
    function signer(bytes32 domain, bytes32 structHash, bytes calldata signature) internal pure returns (address) {
        return ECDSA.recoverCalldata(TypedData.digest(domain, structHash), signature);
    }

    function requireSigner(address expected, address verifyingContract, bytes32 structHash, bytes calldata signature)
        internal
        view
    {
        requireSigner(expected, TypedData.domain(verifyingContract), structHash, signature);
    }

    function requireSigner(address expected, bytes32 domain, bytes32 structHash, bytes calldata signature)
        internal
        pure
    {
        address recovered = signer(domain, structHash, signature);
        if (recovered != expected) revert InvalidSigner(recovered);
    }

    function requireInTime(uint256 deadline) internal view {
        if (block.timestamp > deadline) revert DeadlinePassed(deadline);
    }
}
