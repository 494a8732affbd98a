using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// A window whose R was not public when this was written. Opening it tells everybody its R and those of the windows below it on its chain,
/// so that the accountant can collect what was handed in under them.
/// </summary>
/// <param name="Position">Where it stands in the provider's chains: its R follows from that and the provider's key.</param>
/// <param name="Hashlock">Its hashlock.</param>
/// <param name="Held">The accountant's highest promise under it; null for none.</param>
/// <param name="Promises">Per consumer the highest promise that was accepted under it.</param>
/// <param name="AtStake">
/// What was handed in under it and unanswered or refused, in token base units: what the accountant could collect without having promised
/// it.
/// </param>
public sealed record SecretWindow(
    ChainPosition Position, Hashlock Hashlock, HeldPromise? Held, IReadOnlyList<SignedPromise> Promises, Amount AtStake)
{
    internal bool Equivalent(SecretWindow other) =>
        (Position, Hashlock, Held, AtStake) == (other.Position, other.Hashlock, other.Held, other.AtStake)
        && Promises.SequenceEqual(other.Promises);
}
