using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// What was accepted from a consumer under one unrevealed hashlock of one provider, above what is settleable: a step of the staircase
/// (protocol §4 rule 3).
/// </summary>
/// <param name="Highest">The highest promise accepted under the hashlock: what settles when R becomes known.</param>
/// <param name="Credit">Credited under the hashlock, in token base units.</param>
public sealed record Rung(VerifiedPromise Highest, Amount Credit)
{
    /// <summary>The provider who is credited.</summary>
    public Address Provider => Highest.Promise.Agreement.Provider;

    /// <summary>The unrevealed hashlock.</summary>
    public Hashlock Hashlock => Highest.Promise.Hashlock;

    /// <summary>Settleable once R is known.</summary>
    public Amount Amount => Highest.Promise.Amount;
}
