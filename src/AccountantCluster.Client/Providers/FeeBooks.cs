using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// The accountant's fee as the provider reckons it from the on-chain terms (protocol §4): ⌊gross since the last change × bps / 10,000⌋ +
/// earlier. When a raise came into force between two looks at the chain, the provider expects the smaller total, and one unit less for each
/// change, because the accountant may round at another gross total than the provider: an honest one is never called a liar.
/// </summary>
internal sealed record FeeBooks
{
    public static FeeBooks Unknown { get; } = new();

    /// <summary>Every rate with the gross total from which it counts, ascending.</summary>
    public ImmutableArray<(Amount FromGross, uint BasisPoints)> Rates { get; init; } = [];

    /// <summary>The gross total at which the newest rate was last seen on chain.</summary>
    public Amount ConfirmedGross { get; init; }

    /// <summary>After the chain was looked at while the gross total was <paramref name="gross"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole.</exception>
    public FeeBooks Confirm(uint basisPoints, Amount gross)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, Share.Whole);
        if (Rates.IsEmpty) return new FeeBooks { Rates = [(Amount.Zero, basisPoints)], ConfirmedGross = gross };
        var current = Rates[^1].BasisPoints;
        if (basisPoints == current) return this with { ConfirmedGross = gross };
        var from = basisPoints > current ? ConfirmedGross : gross;
        return new FeeBooks { Rates = Rates.RemoveAll(rate => rate.FromGross >= from).Add((from, basisPoints)), ConfirmedGross = gross };
    }

    /// <summary>What is left of a gross total, in token base units.</summary>
    public Amount Net(Amount gross)
    {
        var fees = Amount.Zero;
        for (var i = 0; i < Rates.Length && Rates[i].FromGross < gross; i++)
        {
            var end = i + 1 < Rates.Length ? Amount.Min(gross, Rates[i + 1].FromGross) : gross;
            fees += Share.Of(end - Rates[i].FromGross, Rates[i].BasisPoints);
            if (i > 0) fees += new Amount(1);
        }
        return gross.SaturatingSubtract(fees);
    }
}
