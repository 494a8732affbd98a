namespace AccountantCluster.Chain;

/// <summary>What a sender of transactions may spend and how long it waits.</summary>
public sealed record TransactionSenderOptions
{
    /// <summary>
    /// Gas on top of the estimate, in percent: other transactions may change the state in between. Unused gas costs nothing.
    /// </summary>
    public int GasMarginPercent { get; init; } = 25;

    /// <summary>
    /// A transaction that needs more gas, margin included, is refused. Below 2^24, the limit of one transaction in EIP-7825.
    /// </summary>
    public ulong MaxGasLimit { get; init; } = 16_000_000;

    /// <summary>A unit of gas never costs more; while the chain asks for more, nothing is sent. 200 gwei.</summary>
    public UInt128 MaxFeePerGasWei { get; init; } = 200_000_000_000;

    /// <summary>The least that the block's builder is offered, where nobody else offered anything of late. 0.001 gwei.</summary>
    public UInt128 MinPriorityFeePerGasWei { get; init; } = 1_000_000;

    /// <summary>Blocks on top of the transaction's own before it counts as done.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>How long to wait for those blocks.</summary>
    public TimeSpan ReceiptDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause between two looks for the receipt.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
