using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Event;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster;

/// <summary>
/// <see cref="INodeStanding"/> by the cluster's membership and by what the regions answer. The other way round, it stops the host as soon
/// as the node has begun to end by itself: it must not go on taking calls.
/// </summary>
internal sealed class NodeStanding(IHostApplicationLifetime host, TimeProvider time) : INodeStanding
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile AkkaCluster? _cluster;
    private volatile bool _ends;
    private volatile bool _failed;

    // When the regions answered last; zero: never.
    private long _answered;
    private volatile bool _needsChannels = true;

    /// <inheritdoc/>
    public bool IsReady => !_ends && !host.ApplicationStopping.IsCancellationRequested && IsUp && HasChannels;

    /// <inheritdoc/>
    public Task WhenReady => _ready.Task;

    /// <inheritdoc/>
    public bool HasFailed => _failed;

    private bool IsUp => _cluster is { IsTerminated: false } cluster && cluster.SelfMember.Status == MemberStatus.Up;

    private bool HasChannels => !_needsChannels ||
        Interlocked.Read(ref _answered) is not 0 and var last && time.GetElapsedTime(last) < ClusterLimits.RegionsSilence;

    /// <summary>Follows the node from its start to its end.</summary>
    /// <param name="system">The node's.</param>
    /// <param name="registry">Where its regions are; null for a node that has nothing to do with channels.</param>
    public void Follow(ActorSystem system, IReadOnlyActorRegistry? registry)
    {
        _needsChannels = registry is not null;
        _cluster = AkkaCluster.Get(system);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "stop-host", () =>
        {
            End(system, shutdown.ShutdownReason);
            return Task.FromResult(Akka.Done.Instance);
        });
        _ = WatchAsync(system, registry);
    }

    private void End(ActorSystem system, CoordinatedShutdown.Reason? reason)
    {
        _ends = true;
        // The reason of a host that was told to stop, and stops the node.
        if (reason is CoordinatedShutdown.ClrExitReason) return;
        _failed = true;
        Logging.GetLogger(system, typeof(NodeStanding))
            .Error("The node ends by itself ({0}), and its process with it.", reason?.GetType().Name);
        // Apart, because whatever runs at the host's stop must not hold up the cluster's.
        _ = Task.Run(host.StopApplication);
    }

    private async Task WatchAsync(ActorSystem system, IReadOnlyActorRegistry? registry)
    {
        while (!_ends && !system.WhenTerminated.IsCompleted)
        {
            if (IsUp && (registry is null || await HasWaysAsync(registry)))
            {
                Interlocked.Exchange(ref _answered, time.GetTimestamp());
                if (IsReady) _ready.TrySetResult();
            }
            var pause = _ready.Task.IsCompleted ? ClusterLimits.StandingInterval : ClusterLimits.FirstStandingInterval;
            await system.WhenTerminated.WaitAsync(pause).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> HasWaysAsync(IReadOnlyActorRegistry registry) =>
        await AnswersAsync<ConsumerChannelActor>(registry) && await AnswersAsync<ProviderChannelActor>(registry);

    // A region without its coordinator says that there are none, and one that is gone says nothing.
    private static async Task<bool> AnswersAsync<TRegion>(IReadOnlyActorRegistry registry)
    {
        if (!registry.TryGet<TRegion>(out var region)) return false;
        try
        {
            return await region.Ask<CurrentRegions>(GetCurrentRegions.Instance, ClusterLimits.AskInterval) is { Regions.Count: > 0 };
        }
        catch (Exception problem) when (problem is AskTimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
