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
        var ways = ExchangeWays.Of(regions, new ShardHomes(), Sys);
        _supervisor = Sys.ActorOf(Props.Create(() => new ExchangeSupervisor(ways, _metrics, TimeProvider.System)));
    }

    [Fact]
    public async Task More_promises_than_the_journal_can_queue_are_overloaded_at_once_until_others_end()
    {
        const int room = 4;
        var full = Batch((ClusterLimits.FirstWritesInFlight / room) - ClusterLimits.WritesPerBatch);
        var soon = TimeSpan.FromSeconds(6);
        for (var i = 0; i < room - 1; i++) _supervisor.Tell(new BeginExchange(full, soon));
        _supervisor.Tell(new BeginExchange(full, soon), TestActor);

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

    [Fact]
    public async Task Batches_without_promises_are_bounded_too()
    {
        var empty = Batch(0);
        for (var i = 0; i < ClusterLimits.FirstWritesInFlight / ClusterLimits.WritesPerBatch; i++)
            _supervisor.Tell(new BeginExchange(empty, Long));
        _supervisor.Tell(new BeginExchange(empty, Long), TestActor);
        Assert.Equal(RejectionReason.Overloaded, (await ExpectMsgAsync<ExchangeAnswer>(Long)).Reason);
    }

    [Fact]
    public async Task The_largest_batch_is_taken_where_nothing_else_is_at_work()
    {
        var largest = Batch(ClusterLimits.PromisesPerBatch);
        Assert.True(largest.Promises.Count + ClusterLimits.WritesPerBatch > ClusterLimits.FirstWritesInFlight);
        var answer = await _supervisor.Ask<ExchangeAnswer>(new BeginExchange(largest, TimeSpan.FromMilliseconds(10)), Long);
        Assert.Equal(RejectionReason.OutcomeUnknown, answer.Reason);
    }

    private ExchangeRequest Batch(int promises) =>
        _provider.Batch([.. Enumerable.Repeat(new TestConsumer().Promise(1, _provider.Hashlock(0), _provider, 1), promises)]);

    protected override void AfterAll()
    {
        _metrics.Dispose();
        base.AfterAll();
    }
}
