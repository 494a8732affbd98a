using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Npgsql;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster;

/// <summary>
/// Brings a node into the one cluster over its database, and keeps that cluster's lease while the node is a member. A node whose cluster has
/// been replaced meanwhile, because it slept for longer than the lease, stops at once: what it still writes is refused by the journal.
/// </summary>
internal sealed class ClusterFormation : IAsyncDisposable
{
    private readonly ActorSystem _system;
    private readonly AkkaCluster _cluster;
    private readonly NpgsqlDataSource _database;
    private readonly FormationLease _lease;
    private readonly bool _createsTables;
    private readonly ILoggingAdapter _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<Guid?> _running;

    private ClusterFormation(ActorSystem system, StoreOptions.PostgreSql store)
    {
        _system = system;
        _cluster = AkkaCluster.Get(system);
        _database = Open(store);
        _lease = new FormationLease(_database, _cluster.SelfAddress.ToString());
        _createsTables = store.CreatesTables;
        _log = Logging.GetLogger(system, typeof(ClusterFormation));
        _running = Task.Run(RunAsync);
    }

    /// <summary>Begins to form or join; goes on until the node has left the cluster.</summary>
    /// <param name="system">The node's.</param>
    /// <param name="store">The database that all nodes share.</param>
    public static void Start(ActorSystem system, StoreOptions.PostgreSql store)
    {
        var formation = new ClusterFormation(system, store);
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "leave-formation", async () =>
        {
            await formation.DisposeAsync();
            return Akka.Done.Instance;
        });
    }

    /// <summary>The node has left; gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (await _running is { } cluster) await LeaveAsync(cluster);
        await _database.DisposeAsync();
        _stop.Dispose();
    }

    // One connection at a time, and a database that does not answer is not waited for.
    private static NpgsqlDataSource Open(StoreOptions.PostgreSql store) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(store.ConnectionString)
        {
            MinPoolSize = 0,
            MaxPoolSize = 1,
            CommandTimeout = (int)ClusterLimits.FormationCommand.TotalSeconds,
            Timeout = (int)ClusterLimits.FormationCommand.TotalSeconds,
        });

    // The cluster whose lease is to be given back in the end; null where there is none.
    private async Task<Guid?> RunAsync()
    {
        try
        {
            if (await FormAsync() is { } cluster) return await KeepAsync(cluster) ? cluster : null;
            _log.Error("Found no cluster to join within {0}; the node ends.", ClusterLimits.FormationPatience);
            End();
            return null;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<Guid?> FormAsync()
    {
        var attempts = ClusterLimits.FormationPatience / ClusterLimits.FormationAttempt;
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var pause = Task.Delay(ClusterLimits.FormationAttempt, _stop.Token);
            try
            {
                if (attempt == 0 && _createsTables) await _lease.CreateTablesAsync(_stop.Token);
                var standing = await _lease.BeginAsync(_stop.Token);
                if (await TryJoinAsync(standing)) return standing.Cluster;
            }
            catch (NpgsqlException problem)
            {
                _log.Warning(problem, "The database does not say which cluster to join; asked again.");
            }
            await pause;
        }
        return null;
    }

    private async Task<bool> TryJoinAsync(FormationStanding standing)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        patience.CancelAfter(ClusterLimits.FormationAttempt);
        var self = _cluster.SelfAddress.ToString();
        var contacts = standing.Contacts.Where(contact => contact != self).Select(Akka.Actor.Address.Parse).ToArray();
        if (contacts.Length == 0 && standing.Contacts.Count > 0) return false;
        try
        {
            if (contacts.Length == 0) await _cluster.JoinAsync(_cluster.SelfAddress, patience.Token);
            else await _cluster.JoinSeedNodesAsync(contacts, patience.Token);
            _log.Info(contacts.Length == 0 ? "Began cluster {0}." : "Joined cluster {0}.", standing.Cluster);
            return true;
        }
        catch (Exception problem) when (
            problem is ClusterJoinFailedException or OperationCanceledException && !_stop.IsCancellationRequested)
        {
            _log.Warning("No member of cluster {0} answers at {1}; asked again.", standing.Cluster, string.Join(", ", standing.Contacts));
            return false;
        }
    }

    // True: the node leaves, or its actor system is gone; false: its cluster is not the one any more.
    private async Task<bool> KeepAsync(Guid cluster)
    {
        while (!_stop.IsCancellationRequested && !_system.WhenTerminated.IsCompleted)
        {
            try
            {
                if (!await _lease.KeepAsync(cluster, _stop.Token))
                {
                    _log.Error("Cluster {0} was replaced by another one while this node was out of reach; the node ends.", cluster);
                    End();
                    return false;
                }
            }
            catch (NpgsqlException problem)
            {
                _log.Warning(problem, "The database does not take in that cluster {0} lives.", cluster);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return true;
            }
            await _system.WhenTerminated.WaitAsync(ClusterLimits.FormationKeeping, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return true;
    }

    private async Task LeaveAsync(Guid cluster)
    {
        using var patience = new CancellationTokenSource(ClusterLimits.FormationCommand);
        try
        {
            await _lease.LeaveAsync(cluster, patience.Token);
        }
        catch (Exception problem) when (problem is NpgsqlException or OperationCanceledException)
        {
            _log.Warning(problem, "The database does not take in that this node has left cluster {0}; it expires.", cluster);
        }
    }

    private void End() => _ = CoordinatedShutdown.Get(_system).Run(FormationLostReason.Instance);
}
