using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;

namespace AccountantCluster.Cluster.Tests;

/// <summary>How much is at work is bounded, and batches end.</summary>
public sealed class ExchangeSupervisorTests : TestKit
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly ClusterMetrics _metrics = new();
    private readonly TestProvider _provider = new();
    private readonly IActorRef _supervisor;

    public ExchangeSupervisorTests()
    {
        // Nobody answers: the regions never start.
        var regions = new ChannelRegions(ActorRegistry.For(Sys));
        _supervisor = Sys.ActorOf(Props.Create(() => new ExchangeSupervisor(regions, _metrics)));
    }

    [Fact]
    public async Task More_promises_than_the_journal_can_queue_are_overloaded_at_once_until_others_end()
    {
        var full = Batch(ClusterLimits.PromisesPerBatch);
        const int room = ClusterLimits.PromisesInFlight / ClusterLimits.PromisesPerBatch;
        for (var i = 0; i < room - 1; i++) _supervisor.Tell(new BeginExchange(full, Long));
        // The last one that fits ends soon.
        _supervisor.Tell(new BeginExchange(full, TimeSpan.FromSeconds(3)), TestActor);

        _supervisor.Tell(new BeginExchange(full, Long), TestActor);
        var refused = await ExpectMsgAsync<ExchangeAnswer>(Long);
        Assert.Equal(RejectionReason.Overloaded, refused.Reason);
        Assert.Equal(full.Promises.Count, refused.Promises.Count);

        var ended = await ExpectMsgAsync<ExchangeAnswer>(Long);
        Assert.Equal(RejectionReason.OutcomeUnknown, ended.Reason);
        var admitted = await Eventually.BecomesAsync(
            () => _supervisor.Ask<ExchangeAnswer>(new BeginExchange(full, TimeSpan.FromMilliseconds(10)), Long),
            answer => answer.Reason != RejectionReason.Overloaded);
        Assert.Equal(RejectionReason.OutcomeUnknown, admitted.Reason);
    }

    private ExchangeRequest Batch(int promises) =>
        _provider.Batch([.. Enumerable.Repeat(new TestConsumer().Promise(1, _provider.Hashlock(0), _provider, 1), promises)]);

    protected override void AfterAll()
    {
        _metrics.Dispose();
        base.AfterAll();
    }
}
