using AccountantCluster.Channels.Settlement;
using AccountantCluster.Cluster;

namespace AccountantCluster.Node.Configuration;

/// <summary>How the node follows the chain and when it settles, from its configuration.</summary>
internal static class SettlementTerms
{
    /// <summary>Reads them.</summary>
    /// <exception cref="ConfigurationException">A setting is not what it should be.</exception>
    public static SettlementOptions Open(NodeConfiguration configuration)
    {
        var (chain, settlement) = (configuration.Chain, configuration.Settlement);
        return new SettlementOptions
        {
            FirstBlock = chain.FirstBlock,
            Confirmations = chain.Confirmations,
            ObserveInterval = TimeSpan.FromSeconds(chain.ObserveSeconds),
            SettleInterval = TimeSpan.FromSeconds(settlement.IntervalSeconds),
            Collecting = Policy(settlement, settlement.MinimumCollected, "settlement.minimumCollected"),
            Paying = settlement.MinimumPaid is { } paid ? Policy(settlement, paid, "settlement.minimumPaid") : null,
            Refilling = Policy(settlement, settlement.MinimumRefill, "settlement.minimumRefill"),
            RoundsPerFullRound = settlement.RoundsPerFullRound,
            RegistersOpenings = configuration.Opening?.Register ?? false,
            ReminderInterval = TimeSpan.FromSeconds(settlement.ReminderSeconds),
        };
    }

    private static RowPolicy Policy(NodeConfiguration.SettlementSection settlement, string minimum, string name)
    {
        var policy = new RowPolicy
        {
            Minimum = ConfiguredAmount.Read(minimum, name),
            MaximumFeeBasisPoints = (ushort)settlement.MaximumFeeBasisPoints,
            MaximumAge = TimeSpan.FromHours(settlement.MaximumAgeHours),
        };
        return settlement.AlwaysAt is { } always
            ? policy with { AlwaysAt = ConfiguredAmount.Read(always, "settlement.alwaysAt") }
            : policy;
    }
}
