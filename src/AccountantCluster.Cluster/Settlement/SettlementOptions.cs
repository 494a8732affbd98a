using AccountantCluster.Channels.Settlement;

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

    /// <summary>
    /// Blocks whose logs one look reads at most: ten requests of each kind, so that what was read of a long past is stored every so often.
    /// </summary>
    public ulong BlocksPerLook { get; init; } = 20_000;

    /// <summary>
    /// Blocks behind the newest for which the token's transfers are read, too, as a hint which channels have news: some hours of
    /// Ethereum's. What is older is found in turn; a busy token has more transfers in a year than anybody wants to read.
    /// </summary>
    public ulong BlocksWithHints { get; init; } = 1_000;

    /// <summary>
    /// Blocks without news after which it is stored all the same that they were read: after a restart so many are read again, in one
    /// request of each kind.
    /// </summary>
    public ulong BlocksPerWrite { get; init; } = 1_000;

    /// <summary>
    /// Channels of each kind that are read at every look although nothing is known to have happened to them, in turn: at two thousand calls
    /// of the node a million channels are through within seven hours of Ethereum's blocks, which is far below the notice of an exit.
    /// </summary>
    public int ChannelsPerLook { get; init; } = 500;

    /// <summary>Pause between two rounds of transactions: promises pile up meanwhile, and the batch is what makes settling cheap.</summary>
    public TimeSpan SettleInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>When a consumer's promise is worth collecting.</summary>
    public RowPolicy Collecting { get; init; } = new();

    /// <summary>
    /// When a provider is paid by the accountant, whose operator's key sends then; null: providers settle what was promised to them
    /// themselves.
    /// </summary>
    public RowPolicy? Paying { get; init; }

    /// <summary>When a provider channel below its loan is worth refilling.</summary>
    public RowPolicy Refilling { get; init; } = new();

    /// <summary>
    /// Whether the accountant sends the registrations that it holds itself, once something was promised on them: it has the risk, and the
    /// gas is its own.
    /// </summary>
    public bool RegistersOpenings { get; init; }

    /// <summary>
    /// Something that is not collected from a consumer who can take it away in less than this is an alarm: time for people to act.
    /// </summary>
    public TimeSpan ExitAlarm { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Rounds from one that asks every channel to the next: the others ask those that reported. A report that was lost with its node waits
    /// for the next full round, half a day at the default interval, and in it the books are added up.
    /// </summary>
    public int RoundsPerFullRound { get; init; } = 24;

    /// <summary>Gas of one transaction: half of what one may need since EIP-7825, and a fraction of a block on any chain.</summary>
    public ulong GasPerTransaction { get; init; } = 8_000_000;

    /// <summary>Rows of one transaction, however cheap they are: 50 KiB, which every node takes.</summary>
    public int RowsPerTransaction { get; init; } = 200;

    /// <summary>
    /// Channels that are asked or told something at the same time: keeps the shards busy without filling their mailboxes.
    /// </summary>
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
