using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>
/// When a row of a batch is worth its gas: what operators choose for each kind of transaction. Amounts in token base units.
/// </summary>
public sealed record RowPolicy
{
    /// <summary>A row never moves less.</summary>
    public Amount Minimum { get; init; } = new(1);

    /// <summary>
    /// A row that moves this much goes out whatever gas costs: as much as the accountant wants to leave with somebody else.
    /// </summary>
    public Amount AlwaysAt { get; init; } = Amount.MaxValue;

    /// <summary>
    /// Else gas may cost at most this share of what a row moves, in hundredths of a per cent: below what the accountant earns on it. Not
    /// looked at where nobody knows what the token is worth.
    /// </summary>
    public ushort MaximumFeeBasisPoints { get; init; } = 100;

    /// <summary>A row that has waited so long for cheaper gas waits no longer.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether a row goes out now.</summary>
    /// <param name="value">What it moves.</param>
    /// <param name="waited">For how long it could have gone out.</param>
    /// <param name="cost">What its gas costs, in token base units; null where the token's price is not known.</param>
    public bool Allows(Amount value, TimeSpan waited, Amount? cost)
    {
        if (value.IsZero || value < Minimum) return false;
        return value >= AlwaysAt || waited >= MaximumAge || cost is not { } gas || gas <= Share.Of(value, MaximumFeeBasisPoints);
    }
}
