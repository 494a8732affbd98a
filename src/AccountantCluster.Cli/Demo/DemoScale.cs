using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo;

/// <summary>The demo's numbers, each with its reason. Amounts in token base units.</summary>
internal static class DemoScale
{
    /// <summary>Consumers, one of whom cheats.</summary>
    public const int Consumers = 20;

    /// <summary>Providers.</summary>
    public const int Providers = 3;

    /// <summary>Consumers of each of two accountants.</summary>
    public const int ConsumersOfEach = Consumers / 2;

    /// <summary>
    /// Every so many consumers uses a second provider at the same time: its promises arrive out of order, at two channels.
    /// </summary>
    public const int ConsumersPerSecondSession = 4;

    /// <summary>The accountant's fee, 1 %: large enough that a mistake in it shows.</summary>
    public const ushort FeeBasisPoints = 100;

    /// <summary>Everything is minted once, to the deployer.</summary>
    public static readonly Amount Minted = new(100_000_000_000);

    /// <summary>
    /// Small against what flows, so that the stake cannot refill what a provider settles: the node has to collect and rebalance.
    /// </summary>
    public static readonly Amount Stake = new(1_000);

    /// <summary>
    /// What a provider lends: more than it earns before the node collects, so that its first settlement is paid from its own guaranteed
    /// balance.
    /// </summary>
    public static readonly Amount Loan = new(50_000_000);

    /// <summary>Goes to the treasury at each registration.</summary>
    public static readonly Amount RegistrationFee = new(100);

    /// <summary>Goes to the transaction maker for each transaction that it sends for somebody else.</summary>
    public static readonly Amount TransactionMakerFee = new(10);

    /// <summary>A consumer's deposit: more than it can spend in the longest demo.</summary>
    public static readonly Amount Deposit = new(1_000_000_000);

    /// <summary>What one consumer takes back by consent while it pays on: a part that leaves enough for the longest demo.</summary>
    public static readonly Amount ConsentedExit = new(400_000_000);

    /// <summary>The cheat's deposit: below the exposure limit, so that only the double-spend check can refuse what it does.</summary>
    public static readonly Amount CheatsDeposit = new(500_000);

    /// <summary>What the cheat promises to two providers at once: one fits into its deposit, two do not.</summary>
    public static readonly Amount CheatsPromise = new(450_000);

    /// <summary>Payments are 1 to this.</summary>
    public const ulong LargestPayment = 1_000;

    /// <summary>
    /// Paid right before the accountant vanishes: below the exposure limit, and more than the accountant has of its own, so that the
    /// consumer's promise has to be collected.
    /// </summary>
    public static readonly Amount LastPayment = new(900_000);

    /// <summary>E: some seconds of one consumer's payments.</summary>
    public static readonly Amount ExposureLimit = new(1_000_000);
}
