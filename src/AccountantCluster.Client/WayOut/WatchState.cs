using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>How a watch stands, after its last look.</summary>
public sealed record WatchState
{
    /// <summary>When it looked last, whatever came of it; null before the first look.</summary>
    public DateTimeOffset? LookedAt { get; init; }

    /// <summary>When it looks next, at the latest.</summary>
    public DateTimeOffset? NextLookAt { get; init; }

    /// <summary>What settling would have done at the last look that succeeded.</summary>
    public SettlementPreview? Preview { get; init; }

    /// <summary>What the provider stands to lose, at the last look that succeeded.</summary>
    public ProviderRisk Risk { get; init; }

    /// <summary>Whether the risk is close to its limit, so that service stops soon, or has.</summary>
    public bool IsRiskNearLimit { get; init; }

    /// <summary>Consumers who have requested their exit while something of their promises is not collected.</summary>
    public IReadOnlyList<Address> Leaving { get; init; } = [];

    /// <summary>
    /// When the signature under the highest promise ends to hold, because its key is revoked: from then on it cannot be settled, and
    /// only a new promise by another key can. Null while the key is not revoked.
    /// </summary>
    public DateTimeOffset? PromiseEndsAt { get; init; }

    /// <summary>The last settlement; null before the first.</summary>
    public WatchSettlement? LastSettlement { get; init; }

    /// <summary>What stood in the way at the last look, in words; null for nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>Looks that failed since the last one that did not.</summary>
    public int Failures { get; init; }
}
