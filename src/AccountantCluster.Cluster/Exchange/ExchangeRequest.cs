using AccountantCluster.Channels;
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
