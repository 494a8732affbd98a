using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// The accountant's fee as a function of a provider's gross total (protocol §4): ⌊gross since the last change × bps / 10,000⌋ + earlier. A
/// function, because totals are signed under different hashlocks and an earlier total keeps its fee when the rate changes.
/// </summary>
public sealed record FeeSchedule
{
    /// <summary>No fee.</summary>
    public static FeeSchedule Free { get; } = new();

    /// <summary>Rates with the gross total from which each counts, ascending.</summary>
    public ImmutableArray<Rate> Rates { get; init; } = [];

    /// <summary>Fees on the gross total at which the first of the rates begins, under rates that are forgotten; in token base units.</summary>
    public Amount Earlier { get; init; }

    /// <summary>The rate that counts now, in basis points.</summary>
    public ushort BasisPoints => Rates is [.., var last] ? last.BasisPoints : (ushort)0;

    /// <summary>Fees on a gross total, none below that at which the first of the rates begins; in token base units.</summary>
    public Amount FeeOn(Amount gross)
    {
        var fees = Earlier;
        for (var i = 0; i < Rates.Length && Rates[i].FromGross < gross; i++)
        {
            var end = i + 1 < Rates.Length ? Amount.Min(gross, Rates[i + 1].FromGross) : gross;
            fees += Share.Of(end - Rates[i].FromGross, Rates[i].BasisPoints);
        }
        return fees;
    }

    /// <summary>Another rate for everything above a gross total.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole.</exception>
    public FeeSchedule ChangeTo(ushort basisPoints, Amount fromGross)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, Share.Whole);
        // A rate under which nothing was credited leaves no trace.
        var earlier = Rates.RemoveAll(rate => rate.FromGross >= fromGross);
        return this with { Rates = earlier.Add(new Rate(fromGross, basisPoints)) };
    }

    /// <summary>
    /// Forgets the rates of which only lower totals than <paramref name="gross"/> have a part: nobody asks for these any more.
    /// </summary>
    public FeeSchedule Fold(Amount gross)
    {
        var forgotten = 0;
        while (forgotten + 1 < Rates.Length && Rates[forgotten + 1].FromGross <= gross) forgotten++;
        return forgotten == 0
            ? this
            : new FeeSchedule { Rates = Rates.RemoveRange(0, forgotten), Earlier = FeeOn(Rates[forgotten].FromGross) };
    }

    /// <summary>A rate of the accountant.</summary>
    /// <param name="FromGross">The gross total from which it counts, in token base units.</param>
    /// <param name="BasisPoints">Hundredths of a per cent.</param>
    public readonly record struct Rate(Amount FromGross, ushort BasisPoints);
}
