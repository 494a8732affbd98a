using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>One authenticated provider's batch, well-formed and with every consumer signature verified.</summary>
/// <param name="Provider">Identity that opened the session.</param>
/// <param name="Reveals">Rs, looked at before the promises.</param>
/// <param name="Promises">Promises in the order in which they are looked at.</param>
/// <param name="Hashlock">The hashlock to sign under; null: that of the last promise accepted or already covered.</param>
/// <param name="Position">Where the provider stands in its hash chain; stored with the promise that is signed.</param>
public sealed record ExchangeRequest(
    Address Provider,
    IReadOnlyList<Preimage> Reveals,
    IReadOnlyList<VerifiedPromise> Promises,
    Hashlock? Hashlock,
    ChainPosition? Position);

/// <summary>A consumer's promise whose signature was verified to be the named consumer's.</summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Channel">Address of its channel, derived, never taken from the wire.</param>
/// <param name="Promise">What was signed.</param>
/// <param name="Signature">The consumer's signature.</param>
public readonly record struct VerifiedPromise(Address Consumer, Address Channel, ConsumerPromise Promise, Signature Signature);

/// <summary>A provider's place in its hash chain of windows (protocol §5).</summary>
/// <param name="Instance">Random number of the chain, new at every process start.</param>
/// <param name="Window">The open window, 0 to 65,535.</param>
public readonly record struct ChainPosition(ulong Instance, uint Window);
