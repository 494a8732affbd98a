using AccountantCluster.Cluster.Exchange;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Persistence.Sql;
using Akka.Remote.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using AkkaCluster = Akka.Cluster.Cluster;

namespace AccountantCluster.Cluster;

/// <summary>Composes a node of the cluster.</summary>
public static class AccountantClusterExtensions
{
    /// <summary>Name of the actor system; all nodes of a cluster have the same.</summary>
    public const string ActorSystemName = "accountant";

    /// <summary>Name of the meter that a host exports.</summary>
    public const string MeterName = ClusterMetrics.MeterName;

    /// <summary>
    /// The actor system and its ports, <see cref="IExchange"/>, <see cref="IExits"/> and <see cref="IEvidence"/> for the edge, <see cref="IChannelControl"/> for
    /// admins, <see cref="IChannelFacts"/> and <see cref="CollectableChannels"/> for the chain side. The host brings an <see cref="IPromiseSigner"/> and the
    /// <see cref="AccountantFee"/>, read from the chain.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="options">What the operator chooses.</param>
    /// <param name="more">What else runs in the actor system; nothing by default.</param>
    public static IServiceCollection AddAccountantCluster(
        this IServiceCollection services, AccountantClusterOptions options, Action<AkkaConfigurationBuilder>? more = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new CollectableChannels(options.MinimumCollectable));
        services.AddSingleton<ClusterMetrics>();
        services.AddSingleton<ChannelQuestions>();
        services.AddSingleton<IExchange, ExchangeGateway>();
        services.AddSingleton<IChannelFacts, ChannelFacts>();
        services.AddSingleton<IExits, ExitGateway>();
        services.AddSingleton<IChannelControl, ChannelControl>();
        services.AddSingleton<IEvidence, EvidenceGateway>();
        return services.AddAkka(ActorSystemName, (builder, provider) =>
        {
            builder.AddAccountantCluster(options, provider);
            more?.Invoke(builder);
        });
    }

    /// <summary>
    /// The settings, regions and actors of a node, for a host that configures the actor system itself. <paramref name="provider"/> has what
    /// <see cref="AddAccountantCluster(IServiceCollection,AccountantClusterOptions,Action{AkkaConfigurationBuilder})"/> registers.
    /// </summary>
    public static AkkaConfigurationBuilder AddAccountantCluster(
        this AkkaConfigurationBuilder builder, AccountantClusterOptions options, IServiceProvider provider)
    {
        var metrics = provider.GetRequiredService<ClusterMetrics>();
        var signer = provider.GetRequiredService<IPromiseSigner>();
        var fee = provider.GetRequiredService<AccountantFee>();
        var collectables = provider.GetRequiredService<CollectableChannels>();
        var time = provider.GetRequiredService<TimeProvider>();
        var sharding = new ShardOptions { HandOffStopMessage = StopChannel.Instance };

        return builder
            .AddHocon(options.Hocon, HoconAddMode.Append)
            .AddHocon(StoreSetup.Settings(options.Store), HoconAddMode.Append)
            .AddHocon(HoconFiles.Load(), HoconAddMode.Append)
            // The plugin's own defaults do not load by themselves.
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append)
            .AddSetup(StoreSetup.Create(options.Store))
            .WithNodes(options.Node)
            .WithClustering(new ClusterOptions { Roles = [.. options.Node.Roles] })
            .WithShardRegion<ConsumerChannelActor>(
                "consumer-channel",
                (_, registry) =>
                {
                    var regions = new ChannelRegions(registry);
                    return id => Props.Create(
                        () => new ConsumerChannelActor(id, options.Policy, regions, collectables, signer, time, metrics));
                },
                new ChannelMessageExtractor<IConsumerChannelMessage>(message => message.Channel),
                sharding)
            .WithShardRegion<ProviderChannelActor>(
                "provider-channel",
                (_, registry) =>
                {
                    var regions = new ChannelRegions(registry);
                    return id => Props.Create(() => new ProviderChannelActor(id, fee, signer, regions, time, metrics));
                },
                new ChannelMessageExtractor<IProviderChannelMessage>(message => message.Provider),
                sharding)
            .WithActors((system, registry) =>
            {
                // Opens the store now, not when the first channel wakes.
                Akka.Persistence.Persistence.Instance.Apply(system);
                var regions = new ChannelRegions(registry);
                system.ActorOf(Props.Create(() => new DeadLetterMonitor(metrics)), "dead-letter-monitor");
                registry.Register<ExchangeSupervisor>(
                    system.ActorOf(Props.Create(() => new ExchangeSupervisor(regions, metrics, time)), "exchanges"));
                // A store of one node's own has no other nodes.
                if (options.Store is StoreOptions.PostgreSql shared) ClusterFormation.Start(system, shared);
                else AkkaCluster.Get(system).Join(AkkaCluster.Get(system).SelfAddress);
            });
    }

    private static AkkaConfigurationBuilder WithNodes(this AkkaConfigurationBuilder builder, NodeOptions node)
    {
        builder.WithRemoting(new RemoteOptions
        {
            HostName = node.Hostname,
            Port = node.Port,
            PublicHostName = node.PublicHost,
            PublicPort = node.PublicPort,
        });
        // After the options, whose default is plain text.
        return node.Tls is { } tls
            ? builder.AddSetup(tls.Load()).AddHocon("akka.remote.dot-netty.tcp.enable-ssl = true", HoconAddMode.Prepend)
            : builder;
    }
}
