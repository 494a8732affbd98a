using Akka.Cluster.Hosting;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Cluster;

/// <summary>Adds the accountant's way to the chain to a node.</summary>
public static class SettlementExtensions
{
    /// <summary>
    /// What <see cref="WithSettlement"/> needs, <see cref="IOperators"/> for the edge, and what keeps the <see cref="AccountantFee"/> of
    /// this node up to date. The host brings an <see cref="Chain.IEthereumClient"/> and a <see cref="Chain.TransactionSender"/>, whose
    /// key pays for gas and sends for nobody else.
    /// </summary>
    public static IServiceCollection AddSettlement(this IServiceCollection services, AccountantAddresses addresses, SettlementOptions options)
    {
        services.AddSingleton(addresses);
        services.AddSingleton(options);
        services.AddSingleton<IOperators, OperatorsOnChain>();
        services.AddTransient<ChainObserver>();
        services.AddTransient<Settler>();
        services.AddHostedService<FeeWatch>();
        return services;
    }

    /// <summary>Starts it: one in the cluster, on the oldest node.</summary>
    public static AkkaConfigurationBuilder WithSettlement(this AkkaConfigurationBuilder builder) =>
        builder.WithSingleton<SettlementActor>("settlement", (_, _, resolver) => resolver.Props<SettlementActor>(), createProxyToo: false);
}
