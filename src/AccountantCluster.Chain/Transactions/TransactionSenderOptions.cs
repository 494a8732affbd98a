namespace AccountantCluster.Chain;

/// <summary>What a sender of transactions may spend and how long it waits.</summary>
public sealed record TransactionSenderOptions
{
    /// <summary>What a transaction may cost.</summary>
    public GasPolicy Gas { get; init; } = new();

    /// <summary>Blocks on top of the transaction's own before it counts as done.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>How long to wait for those blocks.</summary>
    public TimeSpan ReceiptDeadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Pause between two looks for the receipt.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
