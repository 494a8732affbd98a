using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// The accountant's fee as one block's contract state says it (protocol §4): lowered at once, raised 4 days after the announcement. What
/// was credited before a change keeps its fee: see <see cref="FeeSchedule"/>.
/// </summary>
/// <param name="BasisPoints">The fee at that block.</param>
/// <param name="Announced">The fee after the last announcement; the same where nothing is under way.</param>
/// <param name="EffectiveFrom">When the announced fee begins, Unix seconds.</param>
/// <exception cref="ArgumentOutOfRangeException">A fee of more than the whole.</exception>
public sealed record FeeTerms(ushort BasisPoints, ushort Announced, ulong EffectiveFrom)
{
    /// <summary>The fee at that block, in hundredths of a per cent.</summary>
    public ushort BasisPoints { get; } = Checked(BasisPoints);

    /// <summary>The fee after the last announcement, in hundredths of a per cent.</summary>
    public ushort Announced { get; } = Checked(Announced);

    /// <summary>A fee to which no change is announced.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole.</exception>
    public static FeeTerms Of(ushort basisPoints) => new(basisPoints, basisPoints, EffectiveFrom: 0);

    /// <summary>
    /// The fee to count a credit with. A raise waits for <see cref="ChannelLimits.FeeRaiseGraceSeconds"/> longer than announced: providers
    /// reckon with what they last saw on chain, and one that expects more than is signed reveals nothing. What is lower counts as soon as
    /// it is known.
    /// </summary>
    /// <param name="now">Unix time in seconds.</param>
    public ushort At(ulong now)
    {
        return HasSurelyBegun(now) || Announced < BasisPoints ? Announced : BasisPoints;
    }

    /// <summary>
    /// These terms, for whoever knew others before. The contract forgets the fee before a raise in the second in which it begins; here it
    /// is kept until <see cref="At"/> lets the raise count.
    /// </summary>
    /// <param name="known">What was known before.</param>
    /// <param name="time">Time of the block that says these terms, Unix seconds.</param>
    public FeeTerms After(FeeTerms known, ulong time)
    {
        if (BasisPoints <= known.BasisPoints) return this;
        // The next raise is announced already, days before its time: hearing of it waits until the one before counts.
        if (Announced != BasisPoints) return known.Announced == BasisPoints && !known.HasSurelyBegun(time) ? known : this;
        return HasSurelyBegun(time) ? this : new FeeTerms(known.BasisPoints, Announced, EffectiveFrom);
    }

    private bool HasSurelyBegun(ulong now) => now >= EffectiveFrom && now - EffectiveFrom >= ChannelLimits.FeeRaiseGraceSeconds;

    private static ushort Checked(ushort basisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(basisPoints, Share.Whole);
        return basisPoints;
    }
}
