using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>Whatever the node and the chain do in the middle of a settlement, everybody is paid, and once.</summary>
public sealed class KilledSettlementTests(PayingNetwork network, ITestOutputHelper output) : IClassFixture<PayingNetwork>
{
    // Two in every test; where there is time, after each event of a round.
    private static readonly int Kills = (int)Math.Min(DisturbedSettlement.EventsPerRound, TestEffort.Of(2));

    [Fact]
    public Task Killing_the_node_at_any_event_of_a_settlement_pays_everybody_once() =>
        new DisturbedSettlement(network, LaneJournal.Of(network.Storage), output)
            .KillAsync(Kills, kill: network.KillNodeAsync, goOn: network.StartNodeAsync);
}
