using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>All that a <see cref="SettlementPolicy"/> decides by. Amounts in token base units.</summary>
/// <param name="Preview">What settling the highest promise would do.</param>
/// <param name="Cost">What it would cost.</param>
public sealed record SettlementSight(SettlementPreview Preview, Amount Cost)
{
    /// <summary>How long something has been promised and not settled.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Promised and not settled, and lent and not in the balance: what collecting may bring to safety.</summary>
    public Amount AtRisk { get; init; }

    /// <summary>Whether the whole risk is close to the provider's limit.</summary>
    public bool IsRiskNearLimit { get; init; }

    /// <summary>What consumers who are leaving have promised, still have, and nobody has collected, as far as evidence is held.</summary>
    public Amount Leaving { get; init; }

    /// <summary>What all evidence could collect, as far as is known.</summary>
    public Amount Collectable { get; init; }

    /// <summary>Whether the key that signed the promise is valid, and revoked.</summary>
    public bool IsKeyRevoked { get; init; }
}
