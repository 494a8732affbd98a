using System.Net;
using System.Net.Sockets;
using AccountantCluster.Benchmarks.World;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>The cluster of a node, as the node's own composition has it, without a chain.</summary>
internal static class NodeServices
{
    private const int DepositsAtOnce = 256;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    // The same for every node of this process, so that one that starts again need not wait until what it was has expired.
    private static readonly int Port = FreePort();

    public static void AddMeasuredCluster(this IServiceCollection services, Journal journal)
    {
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(new AccountantFee(BenchmarkAccountant.FeeBasisPoints));
        services.AddSingleton(Curve.Default);
        services.AddSingleton(new SigningKey(BenchmarkAccountant.Domain, BenchmarkAccountant.OperatorKey, new TransientTotals()));
        services.AddAccountantCluster(new AccountantClusterOptions
        {
            Policy = BenchmarkAccountant.Policy,
            Store = journal.Store,
            Node = new NodeOptions { Port = Port },
            Hocon = "akka.loglevel = ERROR\nakka.stdout-loglevel = ERROR\n",
        });
    }

    /// <summary>Waits until the node is a member of its cluster.</summary>
    public static async Task UpAsync(this IServiceProvider services)
    {
        var isUp = new TaskCompletionSource();
        Akka.Cluster.Cluster.Get(services.GetRequiredService<ActorSystem>()).RegisterOnMemberUp(isUp.SetResult);
        await isUp.Task.WaitAsync(Deadline);
    }

    /// <summary>Tells the cluster what a confirmed block would say of all consumers.</summary>
    public static Task DepositAsync(this IServiceProvider services, IEnumerable<Protocol.Address> channels)
    {
        var facts = services.GetRequiredService<IChannelFacts>();
        return Parallel.ForEachAsync(
            channels,
            new ParallelOptions { MaxDegreeOfParallelism = DepositsAtOnce },
            async (channel, cancellation) =>
            {
                if (!await facts.ObserveConsumerChannelAsync(channel, BenchmarkAccountant.Deposited, Deadline, cancellation))
                    throw new TimeoutException("A deposit was not stored.");
            });
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
