using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>How the accountant follows the chain and when it sends transactions.</summary>
public sealed record SettlementOptions
{
    /// <summary>The block in which the registry was deployed: nothing older can concern this accountant.</summary>
    public ulong FirstBlock { get; init; }

    /// <summary>Blocks on top of one before it counts: deeper than reorganisations of the chain go.</summary>
    public int Confirmations { get; init; } = 12;

    /// <summary>Pause between two looks at the chain: about half of Ethereum's block time.</summary>
    public TimeSpan ObserveInterval { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>Pause between two rounds of transactions: promises pile up meanwhile, and the batch is what makes settling cheap.</summary>
    public TimeSpan SettleInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A consumer promise is collected once it brings this much, in token base units: collecting costs gas.</summary>
    public Amount MinimumCollected { get; init; } = new(1);

    /// <summary>
    /// Rounds from one that asks every channel to the next: the others ask those that reported. A report lives in the memory of the node that the channel
    /// is on, so what was reported elsewhere, or before a restart, waits for the next full round: half a day at the default interval.
    /// </summary>
    public int RoundsPerFullRound { get; init; } = 24;

    /// <summary>Rows of one transaction: 200 settlements need about 7 M gas, a fraction of a block, whichever chain it is.</summary>
    public int RowsPerTransaction { get; init; } = 200;

    /// <summary>Channels that are asked or told something at the same time: keeps the shards busy without filling their mailboxes.</summary>
    public int Parallelism { get; init; } = 64;

    /// <summary>
    /// A consumer channel that has heard nothing for so long, by the blocks' clock, is told the same again: what ends by a block's time
    /// alone, such as a consented exit that was never paid, keeps its amount out of the consumer's reach until then. Consents hold for up
    /// to a day, so an hour more is little, and it wakes a sleeping channel 24 times a day. In whole seconds.
    /// </summary>
    public TimeSpan ReminderInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Channels that are told the same again with one block, those that waited longest first: waking 512 sleeping channels keeps a SQLite
    /// journal busy for 0.6 s of the 12 s to the next block. A million channels have their turn in six to seven hours then, instead of all
    /// at once.
    /// </summary>
    public int RemindersPerBlock { get; init; } = 512;

    /// <summary>How long one channel may take to answer, its recovery from the journal included.</summary>
    public TimeSpan ChannelDeadline { get; init; } = TimeSpan.FromSeconds(20);
}
