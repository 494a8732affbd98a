using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Sessions;

/// <summary>
/// What a consumer pays for in one service session, pure: a provider's meter and its own never agree to the unit, because bytes and seconds
/// are under way, the less so the shorter the session. Whoever meters says what was used.
/// </summary>
/// <param name="Prepaid">What the consumer agreed to pay before it used anything, in token base units.</param>
public sealed record InvoiceCheck(Amount Prepaid)
{
    // What meters differ by in a long session: a tenth, and a little.
    private const uint Lasting = 11_100;

    // On top of it at first; half of that after a minute.
    private const uint Fleeting = 10_000;

    // In the first second hardly anything is known.
    private const uint AtFirst = 30_000;

    /// <summary>How many times of what the consumer metered it accepts, in hundredths of a per cent.</summary>
    /// <param name="elapsed">Since the session began.</param>
    public static uint ToleranceBasisPoints(TimeSpan elapsed)
    {
        if (elapsed < TimeSpan.FromSeconds(1)) return AtFirst;
        return Lasting + (uint)(Fleeting * TimeSpan.TicksPerMinute / (Int128)(TimeSpan.TicksPerMinute + elapsed.Ticks));
    }

    /// <summary>The largest total that the consumer accepts, in token base units.</summary>
    /// <param name="elapsed">Since the session began.</param>
    /// <param name="used">What it metered, at the agreed price, in token base units.</param>
    public Amount Most(TimeSpan elapsed, Amount used) => Amount.Max(Share.Of(used, ToleranceBasisPoints(elapsed)), Prepaid);

    /// <summary>
    /// The most that the next promise may add, in token base units: what
    /// <see cref="Consumers.ConsumerAccount.Pay(Payments.Invoice,Address,Amount)"/> takes as agreed.
    /// </summary>
    /// <param name="elapsed">Since the session began.</param>
    /// <param name="used">What it metered, at the agreed price, in token base units.</param>
    /// <param name="paid">What it promised in this session, in token base units.</param>
    public Amount Agreed(TimeSpan elapsed, Amount used, Amount paid) => Most(elapsed, used).SaturatingSubtract(paid);
}
