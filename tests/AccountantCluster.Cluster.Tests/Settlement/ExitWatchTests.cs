using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Settlement;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Whoever wants to leave is collected from at once, and loudly where that does not come about.</summary>
public sealed class ExitWatchTests : IDisposable
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);

    private readonly SettableClock _clock = new(Begin);
    private readonly CollectedLog<ExitWatch> _log = new();
    private readonly SettlementMetrics _metrics;
    private readonly ExitWatch _watch;
    private readonly TestConsumer _consumer = new();
    private readonly TestProvider _provider = new();

    public ExitWatchTests()
    {
        _metrics = new SettlementMetrics(_clock);
        _watch = new ExitWatch(new SettlementOptions(), _metrics, _clock, _log);
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public void Nobody_who_wants_to_leave_is_nothing_urgent() => Assert.False(_watch.IsUrgent([]));

    [Fact]
    public void A_request_is_urgent_until_a_round_has_heard_of_it_and_another_one_is_again()
    {
        Assert.True(_watch.IsUrgent([Exit()]));
        Judge(value: 0);
        Assert.False(_watch.IsUrgent([Exit()]));
        Assert.True(_watch.IsUrgent([Exit() with { FinalizableAt = Exit().FinalizableAt + 1 }]));
    }

    [Fact]
    public void A_channel_that_does_not_answer_stays_urgent()
    {
        _watch.Judge([Exit()], [], []);
        Assert.True(_watch.IsUrgent([Exit()]));
    }

    [Fact]
    public void What_is_not_collected_with_a_day_left_is_urgent_again_and_an_error()
    {
        Judge(value: 5);
        Assert.False(_watch.IsUrgent([Exit()]));
        Assert.Empty(_log.Lines);

        _clock.Advance(Notice - TimeSpan.FromHours(23));
        Assert.True(_watch.IsUrgent([Exit()]));
        Assert.Contains(_consumer.Channel.ToString(), Assert.Single(_log.Lines), StringComparison.OrdinalIgnoreCase);
        // Not with every block.
        Assert.False(_watch.IsUrgent([Exit()]));
        _clock.Advance(ClusterLimits.ExitInterval);
        Assert.True(_watch.IsUrgent([Exit()]));
    }

    [Fact]
    public void A_request_of_which_no_round_could_hear_is_an_error_when_it_is_late()
    {
        Assert.True(_watch.IsUrgent([Exit()]));
        Assert.Empty(_log.Lines);
        _clock.Advance(Notice - TimeSpan.FromHours(23));
        Assert.True(_watch.IsUrgent([Exit()]));
        Assert.Single(_log.Lines);
    }

    [Fact]
    public void What_is_collected_is_no_risk()
    {
        _clock.Advance(Notice - TimeSpan.FromHours(1));
        Judge(value: 5);
        _watch.Collected([_consumer.Channel]);
        _clock.Advance(ClusterLimits.ExitInterval);
        Assert.False(_watch.IsUrgent([Exit()]));
    }

    private OpenExit Exit() => new(_consumer.Channel, (ulong)(Begin + Notice).ToUnixTimeSeconds());

    private void Judge(UInt128 value)
    {
        var promise = _consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100);
        var settleable = new SettleablePromise(promise, _provider.R(0));
        var channel = new CollectableChannel(_consumer.Channel, settleable, new Amount(100 - value), new Amount(1_000))
        {
            IsExiting = true,
        };
        _watch.Judge([Exit()], [channel], [new Collectable(_consumer.Channel, settleable, new Amount(100 - value))]);
    }
}
