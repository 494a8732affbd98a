using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AccountantCluster.Cluster;

/// <summary>Adds a transaction maker to a node.</summary>
public static class MakerExtensions
{
    private const string Name = "maker";

    private static readonly ClusterSingletonOptions Everywhere = new() { Role = NodeRoles.Maker };

    /// <summary>
    /// <see cref="ITransactionMaker"/>, and what <see cref="WithTransactionMaker"/> needs. The host brings an
    /// <see cref="IEthereumClient"/>.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="options">What the operator chooses.</param>
    /// <param name="price">What the token is worth.</param>
    public static IServiceCollection AddTransactionMaker(
        this IServiceCollection services, MakerOptions options, Func<IServiceProvider, ITokenPrice> price)
    {
        services.TryAddSingleton(Curve.Default);
        services.AddSingleton(options);
        services.AddSingleton<MakerPort>();
        services.AddSingleton<MakerMetrics>();
        services.AddSingleton<JobChain>();
        services.AddSingleton(provider => new JobPricing(
            provider.GetRequiredService<IEthereumClient>(), options, price(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<JobClerk>();
        services.AddSingleton(provider => new JobFollower(
            provider.GetRequiredService<JobChain>(),
            new JobRules(options.Limits),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JobFollower>>()));
        // Its own lane, beside that of whoever settles, if the node does that too.
        services.AddSingleton(provider => new MakerParts(
            options,
            provider.GetRequiredService<MakerPort>(),
            ActivatorUtilities.CreateInstance<LaneFactory>(provider, options.Lane),
            provider.GetRequiredService<JobPricing>(),
            provider.GetRequiredService<JobClerk>(),
            provider.GetRequiredService<JobFollower>(),
            provider.GetRequiredService<MakerMetrics>()));
        services.AddSingleton<ITransactionMaker, TransactionMaker>();
        return services;
    }

    /// <summary>Starts it: one in the cluster, on the oldest node with that role. It comes back where the journal failed it.</summary>
    public static AkkaConfigurationBuilder WithTransactionMaker(this AkkaConfigurationBuilder builder) => builder.WithSingleton<MakerActor>(
        Name,
        (_, _, resolver) =>
        {
            var (parts, metrics) = (resolver.GetService<MakerParts>(), resolver.GetService<ClusterMetrics>());
            return Returning.Props(Name, ActorFactory.Props(() => new MakerActor(parts, metrics)));
        },
        Everywhere,
        createProxyToo: false);
}
