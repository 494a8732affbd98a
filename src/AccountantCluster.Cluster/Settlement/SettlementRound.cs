using System.Collections.Immutable;
using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>What a round of transactions is planned from, besides what channels and chain answer.</summary>
/// <param name="Block">The newest confirmed block.</param>
/// <param name="Known">The channels that the chain has told of.</param>
/// <param name="Exits">Consumers that want to leave without consent.</param>
/// <param name="Reports">What channels have reported.</param>
/// <param name="IsFull">Whether all channels are asked, not only those that have reported.</param>
internal sealed record SettlementRound(
    Block Block, ObserverState Known, ImmutableArray<OpenExit> Exits, ChannelReports Reports, bool IsFull)
{
    /// <summary>
    /// What was owed to all providers before the round, where it is a full one: every credit in it was a consumer's before, so that what
    /// consumers answer in the round covers it.
    /// </summary>
    public IReadOnlyList<Payable> Owed { get; init; } = [];
}
