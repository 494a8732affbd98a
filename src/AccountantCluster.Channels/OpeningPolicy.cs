using AccountantCluster.Protocol;

namespace AccountantCluster.Channels;

/// <summary>
/// How much an accountant risks on consumers that pay before their registration is mined (paper §4.7). Chosen by the operator; all nodes
/// must agree. It can lose <see cref="Limit"/> per identity and <see cref="TotalLimit"/> within the time for which losses are remembered.
/// Amounts in token base units.
/// </summary>
public sealed record OpeningPolicy
{
    /// <summary>Nobody pays before the registration is mined.</summary>
    public static OpeningPolicy Off { get; } = new();

    /// <summary>The most that one consumer may promise before its registration is mined; zero: nothing.</summary>
    public Amount Limit { get; init; }

    /// <summary>
    /// The most for all of them together. What was lost on openings that failed counts, too, for a time: anybody can make identities, and
    /// this is what ends it.
    /// </summary>
    public Amount TotalLimit { get; init; }

    /// <summary>Openings that begin within an hour of the chain's clock.</summary>
    public int PerHour { get; init; }

    /// <summary>
    /// How long a registration must hold when it is handed in, in seconds: long enough to be mined whatever gas costs meanwhile.
    /// </summary>
    public ulong MinimumSeconds { get; init; } = 1_800;

    /// <summary>What the registry takes for a registration: it never changes.</summary>
    public Amount RegistrationFee { get; init; }

    /// <summary>Whether nobody pays before the registration is mined.</summary>
    public bool IsOff => Limit.IsZero;
}
