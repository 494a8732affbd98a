// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRescue} from "./IRescue.sol";

/// @title Paying channel of one consumer towards one accountant (paper section 4.2)
/// @notice All amounts are in token base units, all times in seconds since 1970. Foreign tokens and ether go to the consumer's identity.
interface IConsumerChannel is IRescue {
    /// @notice A promise was settled, wholly or in part.
    /// @param accountant the receiver, indexed so that one filter finds the settlements of a million channels
    /// @param requested the promise's total; requested - settled is still owed
    /// @param paid by this settlement
    /// @param settled total ever paid, this payment included
    /// @param lock R
    event PromiseSettled(address indexed accountant, uint256 requested, uint256 paid, uint256 settled, bytes32 lock);

    /// @notice The consumer wants its tokens back without the accountant's consent. The accountant settles what it holds until then.
    /// @param accountant who is concerned, indexed as above
    /// @param beneficiary who will get the tokens
    /// @param nonce of the request
    /// @param finalizableAt when the exit can be finalized, at the earliest
    /// @param lapsesAt when it can be finalized, at the latest
    event ExitRequested(
        address indexed accountant, address beneficiary, uint256 nonce, uint256 finalizableAt, uint256 lapsesAt
    );

    /// @notice All tokens left the channel; it works on with the next deposit.
    /// @param accountant who is concerned, indexed as above
    /// @param beneficiary who got them
    /// @param paid what there was
    event ExitFinalized(address indexed accountant, address beneficiary, uint256 paid);

    /// @notice Tokens left the channel with the consent of consumer and accountant.
    /// @param accountant who consented, indexed as above
    /// @param beneficiary who got them
    /// @param paid exactly what was signed
    /// @param nonce of the consent
    event ConsentedExitPaid(address indexed accountant, address beneficiary, uint256 paid, uint256 nonce);

    /// @notice Pays the accountant min(amount - settled, token balance). Anyone may send it; the same promise settles the rest later.
    /// @param amount the promised total
    /// @param agreementHash EIP-712 hashStruct of the agreement that the promise is bound to
    /// @param lock R, which opens the promise's hashlock
    /// @param signature by the consumer, in the accountant's domain
    /// @return paid what moved, never 0
    function settlePromise(uint256 amount, bytes32 agreementHash, bytes32 lock, bytes calldata signature)
        external
        returns (uint256 paid);

    /// @notice Announces an exit; it replaces an earlier one, and its notice starts again. Settling goes on. Anyone may send it.
    /// @param beneficiary who will get the tokens
    /// @param nonce the channel's counter, which then rises by one
    /// @param deadline of the signature
    /// @param signature `RequestExit` by the consumer, in the accountant's domain
    function requestExit(address beneficiary, uint256 nonce, uint256 deadline, bytes calldata signature) external;

    /// @notice Pays all tokens to the beneficiary of the exit, from 4 to 11 days after its request. Anyone may send it.
    /// @return paid what moved, never 0
    function finalizeExit() external returns (uint256 paid);

    /// @notice Pays exactly `amount` at once, with the signatures of both; an open exit request stays open. Anyone may send it.
    /// @param beneficiary who gets the tokens
    /// @param amount what is paid
    /// @param nonce the channel's counter, which then rises by one
    /// @param deadline of both signatures
    /// @param signature `ConsentExit` by the consumer, in the accountant's domain
    /// @param operatorSignature the same by a key that signs for the accountant
    function consentExit(
        address beneficiary,
        uint256 amount,
        uint256 nonce,
        uint256 deadline,
        bytes calldata signature,
        bytes calldata operatorSignature
    ) external;

    /// @notice The consumer.
    function identity() external view returns (address);

    /// @notice The accountant's contract, the only receiver of settlements.
    function accountant() external view returns (address);

    /// @notice The ERC-20 token.
    function token() external view returns (address);

    /// @notice The registry that deployed the channel.
    function registry() external view returns (address);

    /// @notice Total ever settled out of this channel.
    function settled() external view returns (uint256);

    /// @notice The counter of the channel's signed requests: what the next one must be signed with.
    function nonce() external view returns (uint256);

    /// @notice The latest exit request, all zero for none. It may have lapsed.
    /// @return beneficiary who would get the tokens
    /// @return finalizableAt the earliest time
    /// @return lapsesAt the latest time
    function exitRequest() external view returns (address beneficiary, uint256 finalizableAt, uint256 lapsesAt);
}
