using AccountantCluster.Protocol;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AccountantCluster.Cluster;

/// <summary>Adds the accountant's way to the chain to a node.</summary>
public static class SettlementExtensions
{
    private const string SettlementName = "settlement";

    private static readonly ClusterSingletonOptions Everywhere = new() { Role = NodeRoles.Settlement };

    /// <summary>
    /// What every node asks the chain, whatever its roles: <see cref="IOperators"/> and <see cref="IChannelFunds"/> for the edge, and what
    /// keeps the <see cref="AccountantFee"/> of this node up to date. The host brings an <see cref="Chain.IEthereumClient"/>; what becomes
    /// of its endpoints, where it is a pool of them, is logged and counted.
    /// </summary>
    public static IServiceCollection AddChainSide(
        this IServiceCollection services, AccountantAddresses addresses, SettlementOptions options)
    {
        services.AddSingleton(addresses);
        services.AddSingleton(options);
        services.AddSingleton<IOperators, OperatorsOnChain>();
        services.AddSingleton<IChannelFunds, FundsOnChain>();
        // Before the first that asks.
        services.AddHostedService<EndpointWatch>();
        services.AddHostedService<FeeWatch>();
        return services;
    }

    /// <summary>
    /// What <see cref="WithSettlement"/> needs besides <see cref="AddChainSide"/>, on nodes with that role. The host brings an
    /// <see cref="ITokenPrice"/>.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="lane">The key that pays for gas, and its limits.</param>
    public static IServiceCollection AddSettlement(this IServiceCollection services, LaneKey lane)
    {
        services.AddSingleton(lane);
        services.AddSingleton<LaneFactory>();
        // The signer brings it too, where there is one.
        services.TryAddSingleton(Curve.Default);
        services.AddSingleton<SettlementMetrics>();
        services.AddSingleton<ObserverFactory>();
        services.AddSingleton<SettlerFactory>();
        return services;
    }

    /// <summary>Starts it: one in the cluster, on the oldest node with that role.</summary>
    public static AkkaConfigurationBuilder WithSettlement(this AkkaConfigurationBuilder builder) => builder.WithSingleton<SettlementActor>(
        SettlementName, (_, _, resolver) => resolver.Props<SettlementActor>(), Everywhere, createProxyToo: false);

    /// <summary>Tells it what the channels of this node report, on nodes with channels.</summary>
    public static AkkaConfigurationBuilder WithReports(this AkkaConfigurationBuilder builder) => builder
        .WithSingletonProxy<SettlementActor>(SettlementName, Everywhere)
        .WithActors((system, registry, resolver) =>
        {
            var reports = resolver.GetService<ChannelReports>();
            var settlement = registry.Get<SettlementActor>();
            system.ActorOf(ActorFactory.Props(() => new ReportingActor(reports, settlement)), "reports");
        });
}
