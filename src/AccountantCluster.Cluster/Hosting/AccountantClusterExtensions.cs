using AccountantCluster.Cluster.Exchange;
using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;
using Akka.DistributedData;
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

    /// <summary>How long a node may take to leave its cluster, in phases with a limit each. Usually it takes some seconds.</summary>
    public static TimeSpan ShutdownDeadline => ClusterLimits.ShutdownDeadline;

    private const string ConsumerChannels = "consumer-channel";
    private const string ProviderChannels = "provider-channel";

    private static readonly ChannelMessageExtractor<IConsumerChannelMessage> ByConsumer = new(message => message.Channel);
    private static readonly ChannelMessageExtractor<IProviderChannelMessage> ByProvider = new(message => message.Provider);

    /// <summary>
    /// The actor system and its ports, <see cref="IExchange"/>, <see cref="IExits"/>, <see cref="IOpenings"/> and <see cref="IEvidence"/>
    /// for the edge, <see cref="IChannelControl"/> for admins, <see cref="IChannelFacts"/> for the chain side, and
    /// <see cref="INodeStanding"/>. The host brings the <see cref="AccountantFee"/>, read from the chain, and for a node that signs a
    /// <see cref="SigningKey"/> and an <see cref="Protocol.ICurve"/>, and gives it <see cref="ShutdownDeadline"/> to stop.
    /// </summary>
    /// <param name="services">The host's.</param>
    /// <param name="options">What the operator chooses.</param>
    /// <param name="more">What else runs in the actor system; nothing by default.</param>
    /// <exception cref="StoreUnusableException">Channels cannot be kept where the operator said.</exception>
    public static IServiceCollection AddAccountantCluster(
        this IServiceCollection services, AccountantClusterOptions options, Action<AkkaConfigurationBuilder>? more = null)
    {
        // Before the host starts, which tells what fails from then on in a page.
        var store = OpenStore.Open(options.Store);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new ChannelReports(options.MinimumCollectable, options.MinimumPayable));
        services.AddSingleton<ClusterMetrics>();
        services.AddSingleton<ShardHomes>();
        services.AddSingleton<ChannelQuestions>();
        services.AddSingleton<IExchange, ExchangeGateway>();
        services.AddSingleton<IChannelFacts, ChannelFacts>();
        services.AddSingleton<IExits, ExitGateway>();
        services.AddSingleton(options.Opening);
        services.AddSingleton<IOpenings, OpeningGateway>();
        services.AddSingleton<IChannelControl, ChannelControl>();
        services.AddSingleton<IEvidence, EvidenceGateway>();
        services.AddSingleton<NodeStanding>();
        services.AddSingleton<INodeStanding>(provider => provider.GetRequiredService<NodeStanding>());
        return services.AddAkka(ActorSystemName, (builder, provider) =>
        {
            builder.AddAccountantCluster(options, store, provider);
            more?.Invoke(builder);
        });
    }

    /// <summary>
    /// The settings, regions and actors of a node, for a host that configures the actor system itself. <paramref name="provider"/> has what
    /// <see cref="AddAccountantCluster(IServiceCollection,AccountantClusterOptions,Action{AkkaConfigurationBuilder})"/> registers.
    /// </summary>
    /// <exception cref="StoreUnusableException">Channels cannot be kept there; another process has the folder, for one.</exception>
    public static AkkaConfigurationBuilder AddAccountantCluster(
        this AkkaConfigurationBuilder builder, AccountantClusterOptions options, IServiceProvider provider) =>
        builder.AddAccountantCluster(options, OpenStore.Open(options.Store), provider);

    private static AkkaConfigurationBuilder AddAccountantCluster(
        this AkkaConfigurationBuilder builder, AccountantClusterOptions options, OpenStore store, IServiceProvider provider)
    {
        var metrics = provider.GetRequiredService<ClusterMetrics>();
        var standing = provider.GetRequiredService<NodeStanding>();
        var isAccountants = NodeRoles.AreAccountants(options.Node.Roles);
        if (store.Lock is { } alone) builder.AddSetup(alone);

        builder
            .AddHocon(options.Hocon, HoconAddMode.Append)
            .AddHocon(StoreSetup.Settings(options.Store), HoconAddMode.Append)
            .AddHocon(HoconFiles.Load(), HoconAddMode.Append)
            // The plugin's own defaults do not load by themselves.
            .AddHocon(SqlPersistence.DefaultConfiguration, HoconAddMode.Append)
            .AddSetup(store.Connections)
            .WithNodes(options.Node)
            .WithClustering(new ClusterOptions { Roles = [.. options.Node.Roles] });
        if (options.Node.Roles.Contains(NodeRoles.Signer)) builder.WithSigner(provider);
        return (isAccountants ? builder.WithAccountant(options, provider) : builder.WithShardingDefaults())
            .WithActors((system, registry) =>
            {
                if (store.Lock is not null) system.RegisterOnTermination(store.Lock.Dispose);
                system.ActorOf(Props.Create(() => new DeadLetterMonitor(metrics)), "dead-letter-monitor");
                // A store of one node's own has no other nodes.
                if (options.Store is StoreOptions.PostgreSql shared) ClusterFormation.Start(system, shared);
                else AkkaCluster.Get(system).Join(AkkaCluster.Get(system).SelfAddress);
                standing.Follow(system, isAccountants ? registry : null);
            });
    }

    private static AkkaConfigurationBuilder WithAccountant(
        this AkkaConfigurationBuilder builder, AccountantClusterOptions options, IServiceProvider provider)
    {
        var metrics = provider.GetRequiredService<ClusterMetrics>();
        var time = provider.GetRequiredService<TimeProvider>();
        var homes = provider.GetRequiredService<ShardHomes>();
        var hasChannels = options.Node.Roles.Contains(NodeRoles.Channels);
        return (hasChannels ? builder.WithChannels(options, provider) : builder.WithWaysToChannels())
            .WithActors((system, registry) =>
            {
                // Opens the store now, not when the first channel wakes.
                if (hasChannels) Akka.Persistence.Persistence.Instance.Apply(system);
                var regions = new ChannelRegions(registry);
                system.ActorOf(Props.Create(() => new RoutingWatch(homes, metrics)), "routing-watch");
                if (hasChannels) system.ActorOf(Props.Create(() => new ChannelIntake(regions)), ChannelIntake.Name);
                var ways = ExchangeWays.Of(regions, homes, system);
                registry.Register<ExchangeSupervisor>(
                    system.ActorOf(Props.Create(() => new ExchangeSupervisor(ways, metrics, time)), "exchanges"));
            });
    }

    private static AkkaConfigurationBuilder WithChannels(
        this AkkaConfigurationBuilder builder, AccountantClusterOptions options, IServiceProvider provider)
    {
        var metrics = provider.GetRequiredService<ClusterMetrics>();
        var fee = provider.GetRequiredService<AccountantFee>();
        var reports = provider.GetRequiredService<ChannelReports>();
        var time = provider.GetRequiredService<TimeProvider>();
        return builder.WithShardingDefaults().WithWayToSigner().WithActors((system, registry) =>
        {
            var regions = new ChannelRegions(registry);
            var signer = new SignerGateway(registry.Get<SigningActor>());
            registry.Register<ConsumerChannelActor>(StartRegion(system, ConsumerChannels, ByConsumer, id => ActorFactory.Props(
                () => new ConsumerChannelActor(id, options.Policy, options.Opening, regions, reports, signer, time, metrics))));
            registry.Register<ProviderChannelActor>(StartRegion(system, ProviderChannels, ByProvider, id => ActorFactory.Props(
                () => new ProviderChannelActor(id, fee, signer, regions, reports.Providers, time, metrics))));
        });
    }

    private static IActorRef StartRegion(ActorSystem system, string name, IMessageExtractor extractor, Func<string, Props> channel)
    {
        var sharding = ClusterSharding.Get(system);
        var settings = ClusterShardingSettings.Create(system).WithRole(NodeRoles.Channels);
        var allocation = new CalmAllocation(sharding.DefaultShardAllocationStrategy(settings));
        return sharding.Start(name, channel, settings, extractor, allocation, StopChannel.Instance);
    }

    private static AkkaConfigurationBuilder WithWaysToChannels(this AkkaConfigurationBuilder builder) => builder
        .WithShardingDefaults()
        .WithShardRegionProxy<ConsumerChannelActor>(ConsumerChannels, NodeRoles.Channels, ByConsumer)
        .WithShardRegionProxy<ProviderChannelActor>(ProviderChannels, NodeRoles.Channels, ByProvider);

    // They do not come by themselves; among them is how regions talk.
    private static AkkaConfigurationBuilder WithShardingDefaults(this AkkaConfigurationBuilder builder) => builder.AddHocon(
        ClusterSharding.DefaultConfig()
            .WithFallback(DistributedData.DefaultConfig())
            .WithFallback(ClusterSingleton.DefaultConfig()),
        HoconAddMode.Append);

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
