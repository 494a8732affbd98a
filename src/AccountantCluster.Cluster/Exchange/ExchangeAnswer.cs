using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>What became of a batch. Everything in it is durable.</summary>
/// <param name="Reveals">One reason per reveal; None: accepted, or known before.</param>
/// <param name="Promises">One outcome per promise, in the order of the request.</param>
/// <param name="Promise">The accountant's promise; null where nothing can be signed, and then <paramref name="Reason"/> says why.</param>
/// <param name="Reason">Why no promise was signed, or why the whole batch was refused; None otherwise.</param>
/// <param name="Promised">Highest total ever signed for the provider, fees taken off.</param>
/// <param name="Settled">What the provider settled on chain, at the last confirmed block.</param>
/// <param name="Balance">The provider channel's guaranteed balance, at the last confirmed block.</param>
/// <param name="Loan">The provider's loan, at the last confirmed block.</param>
public sealed record ExchangeAnswer(
    IReadOnlyList<RejectionReason> Reveals,
    IReadOnlyList<PromiseOutcome> Promises,
    SignedProviderPromise? Promise,
    RejectionReason Reason,
    Amount Promised,
    Amount Settled,
    Amount Balance,
    Amount Loan);

/// <summary>What became of one promise.</summary>
/// <param name="Reason">None: accepted.</param>
/// <param name="Credited">What it added to its agreement, before the fee; zero unless accepted.</param>
/// <param name="Fee">The accountant's fee on it; information only.</param>
/// <param name="Expected">With PROMISE_TOO_LOW: the amount that passes for the same agreement total.</param>
/// <param name="Proof">With PROMISE_TOO_LOW: the consumer's own highest accepted promise.</param>
public readonly record struct PromiseOutcome(RejectionReason Reason, Amount Credited, Amount Fee, Amount? Expected, VerifiedPromise? Proof);

/// <summary>An accountant's promise with an operator key's signature.</summary>
/// <param name="Promise">What was signed.</param>
/// <param name="Signature">By an operator key.</param>
public readonly record struct SignedProviderPromise(ProviderPromise Promise, Signature Signature);
