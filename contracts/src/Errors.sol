// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Every refusal of the contracts, one name each. Malformed signatures keep OpenZeppelin's names: ECDSAInvalidSignature,
// ECDSAInvalidSignatureLength, ECDSAInvalidSignatureS.

/// @notice The implementation behind the proxies was called itself; it holds nothing and does nothing.
error OnlyThroughProxy();

/// @notice Only the registry may call this, while it registers somebody.
error OnlyRegistry();

/// @notice Only the contract itself may call this: one row of a batch.
error OnlySelf();

/// @notice The accountant has its owner and operator already.
error AlreadyInitialized();

/// @notice An address that must be somebody is nobody.
error ZeroAddress();

/// @notice An amount of tokens is zero where it must not be, or above 2^128 - 1.
error AmountOutOfRange(uint256 amount);

/// @notice The signature held until `deadline` (seconds since 1970), inclusive.
error DeadlinePassed(uint256 deadline);

/// @notice A well-formed signature, by somebody else: `recovered` is not who must sign.
error InvalidSigner(address recovered);

/// @notice A fee that names nobody who gets it.
error NoTransactionMaker();

/// @notice The promise brings nothing above what was settled before.
error AlreadySettled(uint256 amount, uint256 settled);

/// @notice `owed` is signed and open, but there is no token to pay it with; the same promise settles later.
error NothingPayable(uint256 owed);

/// @notice No such accountant in this registry.
error UnknownAccountant(address accountant);

/// @notice Not a registered consumer channel of this accountant.
error UnknownChannel(address channel);

/// @notice The identity has its consumer channel with this accountant.
error AlreadyRegistered(address channel);

/// @notice The tokens at the predicted address do not cover registration fee, loan and transaction maker's fee.
error InsufficientFunds(uint256 needed, uint256 available);

/// @notice The accountant takes no registrations with a loan while its free tokens are below its minimum stake.
error NewLoansRefused(uint256 free, uint256 minimumStake);

/// @notice An accountant's stake is below the registry's minimum.
error StakeTooLow(uint256 stake, uint256 minimumStake);

/// @notice An accountant's fee is above 10,000 basis points: all of the payment.
error FeeTooHigh(uint256 basisPoints);

/// @notice An accountant without an owner could never return its stake.
error OwnershipNotRenounceable();
