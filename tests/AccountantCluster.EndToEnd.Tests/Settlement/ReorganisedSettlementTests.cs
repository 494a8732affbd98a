using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>
/// The chain takes back what settlements did, within the confirmations of the node, which is one, and far beyond them, where it counted
/// already: then it is done once more, and nobody is paid twice.
/// </summary>
public sealed class ReorganisedSettlementTests(PayingNetwork network, ITestOutputHelper output) : IClassFixture<PayingNetwork>
{
    private const int Deepest = 4;

    // Two in every test; where there is time, after each event of a round.
    private static readonly int Times = (int)Math.Min(DisturbedSettlement.EventsPerRound, TestEffort.Of(2));

    [Fact]
    public Task Whatever_blocks_are_replaced_everybody_is_paid_once() =>
        new DisturbedSettlement(network, LaneJournal.Of(network.Storage), output).ReorganiseAsync(Times, Deepest);
}
