using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// An accountant's promise that the provider holds: signed by a valid operator key, for its own channel, under a hashlock it can open.
/// </summary>
/// <param name="Amount">Cumulative amount, the accountant's fee taken off, in token base units.</param>
/// <param name="Hashlock">The provider's hashlock.</param>
/// <param name="Position">Where that hashlock stands in the provider's chains: R follows from it.</param>
/// <param name="Signature">The operator's.</param>
public sealed record HeldPromise(Amount Amount, Hashlock Hashlock, ChainPosition Position, Signature Signature);
