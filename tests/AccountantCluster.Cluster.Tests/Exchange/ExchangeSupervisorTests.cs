using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Hosting;
using Akka.TestKit.Xunit2;

namespace AccountantCluster.Cluster.Tests;

/// <summary>How much is at work is bounded, batches end, and those that wait are taken in their order.</summary>
public sealed class ExchangeSupervisorTests : TestKit
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private readonly ClusterMetrics _metrics = new();
    private readonly TestProvider _provider = new();
    private readonly StoppedClock _clock = new();
    private readonly IActorRef _supervisor;

    public ExchangeSupervisorTests()
    {
        // Nobody answers: the regions never start.
        var regions = new ChannelRegions(ActorRegistry.For(Sys));
        var ways = ExchangeWays.Of(regions, new ShardHomes(), Sys);
        _supervisor = Sys.ActorOf(Props.Create(() => new ExchangeSupervisor(ways, _metrics, _clock)));
    }

    [Fact]
    public async Task Batches_wait_for_room_and_are_taken_in_their_order()
    {
        // Each of them is more than fits beside another, also after two of them have ended early.
        int[] sizes = [ClusterLimits.PromisesPerBatch, ClusterLimits.PromisesPerBatch - 1, ClusterLimits.PromisesPerBatch - 2];
        foreach (var size in sizes) _supervisor.Tell(new BeginExchange(Batch(size), Short), TestActor);
        foreach (var size in sizes)
        {
            var answer = await ExpectMsgAsync<ExchangeAnswer>(Long);
            Assert.Equal((RejectionReason.OutcomeUnknown, size), (answer.Reason, answer.Promises.Count));
        }
    }

    [Fact]
    public async Task Who_has_waited_for_a_part_of_the_deadline_is_overloaded_and_nobody_else()
    {
        Fill(Long);
        var (patient, impatient) = (Batch(2), Batch(1));
        _supervisor.Tell(new BeginExchange(patient, Long), TestActor);
        _supervisor.Tell(new BeginExchange(impatient, Long / 2), TestActor);
        // All of them have come before the clock goes on.
        await _supervisor.Ask<ActorIdentity>(new Identify(messageId: null), Long);

        _clock.Advance(Long / 2 * ClusterLimits.WaitShareOfDeadline * 1.5);
        var refused = await ExpectMsgAsync<ExchangeAnswer>(Long);
        Assert.Equal((RejectionReason.Overloaded, 1), (refused.Reason, refused.Promises.Count));

        _clock.Advance(Long * ClusterLimits.WaitShareOfDeadline);
        refused = await ExpectMsgAsync<ExchangeAnswer>(Long);
        Assert.Equal((RejectionReason.Overloaded, 2), (refused.Reason, refused.Promises.Count));
    }

    [Fact]
    public async Task Where_too_many_wait_already_a_batch_is_overloaded_at_once()
    {
        Fill(Long);
        for (var i = 0; i < ClusterLimits.BatchesWaiting; i++) _supervisor.Tell(new BeginExchange(Batch(0), Long));
        _supervisor.Tell(new BeginExchange(Batch(1), Long), TestActor);
        var refused = await ExpectMsgAsync<ExchangeAnswer>(Long);
        Assert.Equal((RejectionReason.Overloaded, 1), (refused.Reason, refused.Promises.Count));
    }

    [Fact]
    public async Task The_largest_batch_is_taken_where_nothing_else_is_at_work()
    {
        var largest = Batch(ClusterLimits.PromisesPerBatch);
        Assert.True(largest.Promises.Count + ClusterLimits.WritesPerBatch > ClusterLimits.FirstWritesInFlight);
        var answer = await _supervisor.Ask<ExchangeAnswer>(new BeginExchange(largest, Short), Long);
        Assert.Equal(RejectionReason.OutcomeUnknown, answer.Reason);
    }

    // Batches without promises: they are bounded too.
    private void Fill(TimeSpan deadline)
    {
        for (var i = 0; i < ClusterLimits.FirstWritesInFlight / ClusterLimits.WritesPerBatch; i++)
            _supervisor.Tell(new BeginExchange(Batch(0), deadline));
    }

    private ExchangeRequest Batch(int promises) =>
        _provider.Batch([.. Enumerable.Repeat(new TestConsumer().Promise(1, _provider.Hashlock(0), _provider, 1), promises)]);

    protected override void AfterAll()
    {
        _metrics.Dispose();
        base.AfterAll();
    }

    // How long a batch has waited is read from here; its own deadline runs on the scheduler.
    private sealed class StoppedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _ticks);

        public void Advance(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);
    }
}
