using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>
/// Follows the chain and sends the accountant's transactions: one per cluster, one step after the other. The singleton is for liveness only; two of
/// them would tell the same facts and send rows that pay nothing twice, and of their two lanes the journal lets one write. What the one before
/// has ordered is waited for before anything new is planned.
/// </summary>
internal sealed class SettlementActor : ReceiveActor, IWithTimers, IDisposable
{
    // A failed step is tried again with growing pauses, up to this many observe intervals.
    private const int LongestPause = 10;

    private readonly ChainObserver _observer;
    private readonly Settler _settler;
    private readonly SettlementOptions _options;
    private readonly LaneGateway _lane;
    private readonly TimeProvider _time;
    private readonly ILogger<SettlementActor> _logger;
    private readonly CancellationTokenSource _stopping = new();
    private DateTimeOffset _settleAt;
    private int _failures;

    /// <summary>An actor that begins to observe at once and settles after the first interval.</summary>
    public SettlementActor(
        ChainObserver observer,
        Settler settler,
        SettlementOptions options,
        LaneFactory lanes,
        TimeProvider time,
        ILogger<SettlementActor> logger)
    {
        _observer = observer;
        _settler = settler;
        _options = options;
        _time = time;
        _lane = lanes.Start(Context);
        _logger = logger;
        _settleAt = time.GetUtcNow() + options.SettleInterval;
        Receive<Step>(Begin);
        Receive<Stepped>(stepped => Continue(stepped.Problem));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Self.Tell(Step.Instance);

    /// <inheritdoc/>
    protected override void PostStop() => _stopping.Cancel();

    /// <summary>Called by the actor system after <see cref="PostStop"/>.</summary>
    public void Dispose() => _stopping.Dispose();

    private void Begin(Step step) =>
        _ = StepAsync(_stopping.Token).PipeTo(Self, success: () => new Stepped(null), failure: problem => new Stepped(problem));

    private async Task StepAsync(CancellationToken cancellation)
    {
        var block = await _observer.ObserveAsync(cancellation);
        if (block is null || _time.GetUtcNow() < _settleAt || !await _lane.IsEmptyAsync(cancellation)) return;
        // The pause counts from the beginning of a round that came to its end.
        var next = _time.GetUtcNow() + _options.SettleInterval;
        await _settler.SettleAsync(_observer.Known, _lane, cancellation);
        _settleAt = next;
    }

    private void Continue(Exception? problem)
    {
        _failures = problem is null ? 0 : Math.Min(_failures + 1, LongestPause);
        if (problem is not null) _logger.LogWarning(problem, "Following the chain or settling failed; it is tried again.");
        Timers.StartSingleTimer("step", Step.Instance, _options.ObserveInterval * Math.Max(1, _failures));
    }

    private sealed class Step
    {
        public static readonly Step Instance = new();
    }

    private sealed record Stepped(Exception? Problem);
}
