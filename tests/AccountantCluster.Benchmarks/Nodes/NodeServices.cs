using AccountantCluster.Benchmarks.World;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>The cluster of a node, as the node's own composition has it, without a chain.</summary>
internal static class NodeServices
{
    private const int DepositsAtOnce = 256;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static void AddMeasuredCluster(this IServiceCollection services, Journal journal)
    {
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error));
        services.AddSingleton(new AccountantFee(BenchmarkAccountant.FeeBasisPoints));
        services.AddSingleton<IPromiseSigner>(provider => new OperatorSigner(
            BenchmarkAccountant.Domain,
            BenchmarkAccountant.OperatorKey,
            Curve.Default,
            provider.GetRequiredService<ILogger<OperatorSigner>>()));
        services.AddAccountantCluster(new AccountantClusterOptions
        {
            Policy = BenchmarkAccountant.Policy,
            Store = journal.Store,
            Hocon = "akka.loglevel = ERROR\nakka.stdout-loglevel = ERROR\n" + journal.Hocon,
        });
    }

    /// <summary>Tells the node what a confirmed block would say of all consumers.</summary>
    public static Task DepositAsync(this IServiceProvider services, IEnumerable<Address> channels)
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
}
