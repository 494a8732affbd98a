using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>What a provider hands in at once. Handing the same in twice does nothing more than once.</summary>
/// <param name="Promises">Consumers' promises, in the order in which they are to be looked at.</param>
/// <param name="Position">The window that they belong to.</param>
/// <param name="Reveals">Rs that the accountant is told, looked at before the promises.</param>
/// <param name="Hashlock">The hashlock to sign under; null: that of the last promise accepted or already covered.</param>
public sealed record ExchangeBatch(
    IReadOnlyList<SignedPromise> Promises,
    ChainPosition Position,
    IReadOnlyList<Preimage>? Reveals = null,
    Hashlock? Hashlock = null);
