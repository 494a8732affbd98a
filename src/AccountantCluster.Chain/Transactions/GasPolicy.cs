namespace AccountantCluster.Chain;

/// <summary>What a transaction may cost: the limits of an operator, and how fees are chosen within them.</summary>
public sealed record GasPolicy
{
    // Nodes take a replacement that raises both fees by a tenth; with less to spare a rounding of theirs could refuse it.
    private const uint RaisePercent = 13;

    /// <summary>
    /// Gas on top of the estimate, in percent: other transactions may change the state in between. Unused gas costs nothing.
    /// </summary>
    public int MarginPercent { get; init; } = 25;

    /// <summary>
    /// A transaction that needs more gas, margin included, is refused. Below 2^24, the limit of one transaction in EIP-7825.
    /// </summary>
    public ulong MaxLimit { get; init; } = 16_000_000;

    /// <summary>A unit of gas never costs more; while the chain asks for more, nothing is sent. 200 gwei.</summary>
    public UInt128 MaxFeePerGasWei { get; init; } = 200_000_000_000;

    /// <summary>The least that the block's builder is offered, where nobody else offered anything of late. 0.001 gwei.</summary>
    public UInt128 MinPriorityFeePerGasWei { get; init; } = 1_000_000;

    /// <summary>The gas limit for an estimate.</summary>
    /// <exception cref="TransactionRefusedException">It is above <see cref="MaxLimit"/>.</exception>
    public ulong LimitFor(ulong estimate)
    {
        var limit = (UInt128)estimate * (uint)(100 + MarginPercent) / 100;
        return limit <= MaxLimit
            ? (ulong)limit
            : throw new TransactionRefusedException($"It needs {limit} gas, more than the limit of {MaxLimit}.");
    }

    /// <summary>The fees for a new transaction; null while gas costs more than it may.</summary>
    /// <param name="now">What gas costs now.</param>
    public GasFees? Choose(FeeSuggestion now)
    {
        var (cap, baseFee) = (MaxFeePerGasWei, now.NextBaseFeePerGasWei);
        if (baseFee > cap || MinPriorityFeePerGasWei > cap - baseFee) return null;
        var priority = UInt128.Min(UInt128.Max(now.PriorityFeePerGasWei, MinPriorityFeePerGasWei), cap - baseFee);
        // Twice the base fee stays valid for six full blocks in a row, each of which raises it by an eighth.
        return new GasFees(priority, baseFee > (cap - priority) / 2 ? cap : (baseFee * 2) + priority);
    }

    /// <summary>
    /// The fees of a transaction that takes another's place, both raised by as much as nodes ask for; null where that is more than it may
    /// cost, now or ever.
    /// </summary>
    /// <param name="before">Fees of the transaction that waits.</param>
    /// <param name="now">What gas costs now.</param>
    public GasFees? Raise(GasFees before, FeeSuggestion now)
    {
        if (Choose(now) is not { } chosen) return null;
        var (priority, max) = (UInt128.Max(chosen.PriorityWei, Raise(before.PriorityWei)), UInt128.Max(chosen.MaxWei, Raise(before.MaxWei)));
        return max <= MaxFeePerGasWei ? new GasFees(priority, max) : null;
    }

    // Fees are far below 2^120: they come from this policy.
    private static UInt128 Raise(UInt128 fee) => ((fee * (100 + RaisePercent)) + 99) / 100;
}
