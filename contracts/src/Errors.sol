// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Every refusal of the contracts, one name each. Malformed signatures keep OpenZeppelin's names: ECDSAInvalidSignature,
// ECDSAInvalidSignatureLength, ECDSAInvalidSignatureS.

/// @notice The implementation behind the proxies was called itself; it holds nothing and does nothing.
error OnlyThroughProxy();

/// @notice Only the registry may call this, while it registers somebody.
error OnlyRegistry();

/// @notice Only a key that signs for the accountant now may call this.
error OnlyOperator();

/// @notice Only the contract itself may call this: one row of a batch.
error OnlySelf();

/// @notice The accountant has its owner and operator already.
error AlreadyInitialized();

/// @notice An address that must be somebody is nobody.
error ZeroAddress();

/// @notice An amount of tokens is zero where it must not be, or above 2^128 - 1.
error AmountOutOfRange(uint256 amount);

/// @notice The message was signed for another turn: `expected` is the channel's counter now.
error WrongNonce(uint256 nonce, uint256 expected);

/// @notice The signature held until `deadline` (seconds since 1970), inclusive.
error DeadlinePassed(uint256 deadline);

/// @notice A well-formed signature, by somebody else: `recovered` is not who must sign.
error InvalidSigner(address recovered);

/// @notice A fee that names nobody who gets it.
error NoTransactionMaker();

/// @notice The promise brings nothing above what was settled before.
error AlreadySettled(uint256 amount, uint256 settled);

/// @notice `owed` is signed or announced and open, but there is no token to pay it with; the same message works later.
error NothingPayable(uint256 owed);

/// @notice The signed total of returns brings nothing above what was returned before.
error AlreadyReturned(uint256 totalReturned, uint256 returned);

/// @notice A packed batch is not a whole number of rows.
error MalformedRows(uint256 length);

/// @notice No such accountant in this registry.
error UnknownAccountant(address accountant);

/// @notice Not a registered consumer channel of this accountant.
error UnknownChannel(address channel);

/// @notice The identity has its consumer channel with this accountant.
error AlreadyRegistered(address channel);

/// @notice `needed` is more than what may be used for it.
error InsufficientFunds(uint256 needed, uint256 available);

/// @notice The accountant takes no registrations with a loan while its free tokens are below its minimum stake.
error NewLoansRefused(uint256 free, uint256 minimumStake);

/// @notice The accountant's owner takes no new loans for now; registrations without one go on.
error NewLoansPaused();

/// @notice The accountant is closing, for ever: no new loans.
error AccountantClosing();

/// @notice Only a closing accountant returns its stake.
error NotClosing();

/// @notice Nothing was requested, or it was carried out or cancelled.
error NothingRequested();

/// @notice What was requested may be carried out from `until` on (seconds since 1970).
error NoticeRunning(uint256 until);

/// @notice What was requested could be carried out until `lapsed` (seconds since 1970), inclusive.
error RequestLapsed(uint256 lapsed);

/// @notice The key signs for the accountant already, or will after its notice.
error AlreadyOperator(address operator);

/// @notice The key is none, or is being revoked already.
error NotOperator(address operator);

/// @notice The token delivered another amount than was sent: it takes fees or rebases, and does not belong into a registry.
error TokenNotPlain(uint256 sent, uint256 received);

/// @notice The contract's own token is never rescued.
error OwnTokenNotRescued();

/// @notice There is nothing to rescue.
error NothingToRescue();

/// @notice An accountant's stake is below the registry's minimum.
error StakeTooLow(uint256 stake, uint256 minimumStake);

/// @notice An accountant's fee is above 10,000 basis points: all of the payment.
error FeeTooHigh(uint256 basisPoints);

/// @notice An accountant without an owner could never return its stake.
error OwnershipNotRenounceable();
