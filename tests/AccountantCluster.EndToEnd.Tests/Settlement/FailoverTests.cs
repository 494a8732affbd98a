using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>Whoever settles dies in the middle of it, and another node carries on with what it finds in the journal.</summary>
public sealed class FailoverTests(FailoverNetwork network, ITestOutputHelper output) : IClassFixture<FailoverNetwork>
{
    // One in every test, because others take half a minute until they believe it; where there is time, after each event of a round.
    private static readonly int Kills = (int)Math.Min(DisturbedSettlement.EventsPerRound, TestEffort.Of(1));

    [Fact]
    public Task Another_node_goes_on_from_any_event_of_a_settlement_and_everybody_is_paid_once() =>
        new DisturbedSettlement(network, LaneJournal.Of(network.Database), output)
            .KillAsync(Kills, kill: network.KillSettlingAsync, goOn: network.FailOverAsync);
}
