using System.Collections.Immutable;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>A window whose R is secret.</summary>
/// <param name="Position">Where it stands in the provider's chains.</param>
/// <param name="AcceptedBy">What the accountant accepted under it, per consumer.</param>
/// <param name="Held">The accountant's highest promise under it; null before the first.</param>
/// <param name="IsUsed">Whether anything was handed in under it: the accountant may have a copy, whatever became of it since.</param>
internal sealed record WindowBooks(
    ChainPosition Position, ImmutableDictionary<Address, WindowCredit> AcceptedBy, HeldPromise? Held, bool IsUsed)
{
    public static WindowBooks At(ChainPosition position) =>
        new(position, ImmutableDictionary<Address, WindowCredit>.Empty, null, IsUsed: false);

    /// <summary>
    /// The latest promise that was accepted of each agreement under it: what brings its credit back, should the accountant forget it.
    /// </summary>
    public ImmutableDictionary<AgreementKey, SignedPromise> Latest { get; init; } =
        ImmutableDictionary<AgreementKey, SignedPromise>.Empty;

    public bool HasCredit => !AcceptedBy.IsEmpty;
}
