using System.Collections.Immutable;
using AccountantCluster.Chain;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Sends the accountant's transactions, one round after the other, while its observer follows the chain beside it. One per cluster, and
/// that is for liveness only: two of them would tell the same facts and send rows that pay nothing twice, and of their two lanes and
/// observers the journal lets one write. What the one before has ordered is waited for before anything new is planned.
/// </summary>
internal sealed class SettlementActor : ReceiveActor, IDisposable
{
    // A failed round is tried again with growing pauses, up to this many observe intervals.
    private const int LongestPause = 10;

    private readonly Settler _settler;
    private readonly SettlementOptions _options;
    private readonly ChannelReports _reports;
    private readonly LaneGateway _lane;
    private readonly IActorRef _observer;
    private readonly TimeProvider _time;
    private readonly ILogger<SettlementActor> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private DateTimeOffset _settleAt;
    private DateTimeOffset _notBefore;
    private int _rounds;
    private int _failures;
    private bool _isBusy;

    /// <summary>An actor that begins to observe at once and settles after the first interval.</summary>
    public SettlementActor(
        ObserverFactory observers,
        SettlerFactory settlers,
        SettlementOptions options,
        LaneFactory lanes,
        TimeProvider time,
        ILogger<SettlementActor> logger)
    {
        (_settler, _options, _time, _logger) = (settlers.Create(), options, time, logger);
        _reports = new ChannelReports(options.Collecting.Minimum, options.Paying?.Minimum);
        _lane = lanes.Start(Context);
        _observer = observers.Start(Context);
        _settleAt = time.GetUtcNow() + options.SettleInterval;
        Receive<SettleableReported>(Remember);
        Receive<ChainSighted>(Begin);
        Receive<RoundOver>(End);
    }

    /// <inheritdoc/>
    protected override void PostStop() => _stopping.Cancel();

    /// <summary>Called by the actor system after <see cref="PostStop"/>.</summary>
    public void Dispose() => _stopping.Dispose();

    private void Remember(SettleableReported reported)
    {
        foreach (var report in reported.Consumers) _reports.Consumers.Add(report);
        foreach (var report in reported.Providers) _reports.Providers.Add(report);
        if (!reported.Openings.IsEmpty) _observer.Tell(new OpeningsReported(reported.Openings));
    }

    // Blocks are the clock: nothing is to be planned on a chain that stands still.
    private void Begin(ChainSighted sighted)
    {
        var (isDue, isUrgent) = (_time.GetUtcNow() >= _settleAt, _settler.Exits.IsUrgent(sighted.Exits));
        var isOpening = _settler.Registrar.IsDue(sighted.Openings);
        if (_isBusy || _time.GetUtcNow() < _notBefore || (!isUrgent && !isDue && !isOpening)) return;
        _isBusy = true;
        // The pause counts from the beginning of a round that came to its end.
        var next = _time.GetUtcNow() + _options.SettleInterval;
        var plan = isDue || isUrgent ? SettleAsync(sighted.Block, sighted.Exits, isDue, _stopping.Token) : RegisterAsync(_stopping.Token);
        _ = plan.PipeTo(
            Self,
            success: isOver => new RoundOver(null, isOver && isDue ? next : null),
            failure: problem => new RoundOver(problem, null));
    }

    // Between two rounds, because a registration does not hold for long.
    private async Task<bool> RegisterAsync(CancellationToken cancellation)
    {
        if (!await _lane.IsEmptyAsync(cancellation)) return false;
        await _settler.Registrar.RegisterAsync((await DescribeAsync(cancellation)).Openings, _lane, cancellation);
        return true;
    }

    // False where what was ordered before is not over.
    private async Task<bool> SettleAsync(Block block, ImmutableArray<OpenExit> exits, bool isDue, CancellationToken cancellation)
    {
        if (!await _lane.IsEmptyAsync(cancellation)) return false;
        var isFull = isDue && _rounds % _options.RoundsPerFullRound == 0;
        var owed = isFull ? await _settler.AskOwedAsync(await DescribeAsync(cancellation), cancellation) : [];
        var known = await DescribeAsync(cancellation);
        await _settler.SettleAsync(new SettlementRound(block, known, exits, _reports, isFull) { Owed = owed }, _lane, cancellation);
        return true;
    }

    private Task<ObserverState> DescribeAsync(CancellationToken cancellation) =>
        _observer.Ask<ObserverState>(DescribeObserver.Instance, _options.ChannelDeadline, cancellation);

    private void End(RoundOver over)
    {
        _isBusy = false;
        if (over.Next is { } next)
        {
            _settleAt = next;
            _rounds++;
        }
        _failures = over.Problem is null ? 0 : Math.Min(_failures + 1, LongestPause);
        _notBefore = _time.GetUtcNow() + (_options.ObserveInterval * _failures);
        if (over.Problem is not null && !_stopping.IsCancellationRequested)
            _logger.LogWarning(over.Problem, "Settling failed; it is tried again.");
    }

    private sealed record RoundOver(Exception? Problem, DateTimeOffset? Next);
}
