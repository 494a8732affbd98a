using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Hosting;
using LinqToDB;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AccountantCluster.Cluster.Tests;

/// <summary>One node as a host would run it: real sharding, real files, real signatures.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    private readonly IHost _host;

    private ClusterUnderTest(IHost host) => (_host, System) = (host, host.Services.GetRequiredService<ActorSystem>());

    public ActorSystem System { get; }

    public IExchange Exchange => Get<IExchange>();

    public IChannelFacts Facts => Get<IChannelFacts>();

    public IExits Exits => Get<IExits>();

    public IOpenings Openings => Get<IOpenings>();

    public IEvidence Evidence => Get<IEvidence>();

    public IChannelControl Control => Get<IChannelControl>();

    public ChannelReports Reports => Get<ChannelReports>();

    public INodeStanding Standing => Get<INodeStanding>();

    /// <summary>Whether something has told the host to stop.</summary>
    public bool HostStops => Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    public AccountantFee Fee => Get<AccountantFee>();

    public ShardHomes Homes => Get<ShardHomes>();

    public ClusterMetrics Metrics => Get<ClusterMetrics>();

    /// <summary>Members of its cluster that are up, as this node sees it.</summary>
    public int MembersUp =>
        Akka.Cluster.Cluster.Get(System).State.Members.Count(member => member.Status == Akka.Cluster.MemberStatus.Up);

    public IActorRef Consumers => ActorRegistry.For(System).Get<ConsumerChannelActor>();

    public IActorRef Providers => ActorRegistry.For(System).Get<ProviderChannelActor>();

    public static Task<ClusterUnderTest> StartAsync(string folder, string hocon = "", IHighestTotals? totals = null) =>
        StartAsync(new StoreOptions.Sqlite(folder), new NodeOptions(), hocon, totals);

    /// <summary>
    /// A node that takes itself for the only one over a PostgreSQL which others use too, so that channels live twice.
    /// </summary>
    public static Task<ClusterUnderTest> StartTwinAsync(StoreOptions.PostgreSql store, string folder, string hocon = "") => StartAsync(
        // What is not used is its own all the same.
        new StoreOptions.Sqlite(Path.Combine(folder, Path.GetRandomFileName())),
        new NodeOptions(),
        $"""
        akka.persistence.journal.sql.provider-name = {ProviderName.PostgreSQL15}
        akka.persistence.snapshot-store.sql.provider-name = {ProviderName.PostgreSQL15}
        {hocon}
        """,
        more: builder => builder.AddSetup(StoreSetup.Create(store)));

    /// <summary>A node whose journal fails as the schedule says.</summary>
    public static Task<ClusterUnderTest> StartAsync(string folder, FaultSchedule faults) => StartAsync(
        new StoreOptions.Sqlite(folder), new NodeOptions(), FaultyJournal.Hocon, more: builder => builder.AddSetup(faults));

    public static async Task<ClusterUnderTest> StartAsync(
        StoreOptions store,
        NodeOptions node,
        string hocon = "",
        IHighestTotals? totals = null,
        Action<AkkaConfigurationBuilder>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddSingleton(new AccountantFee(Accountant.FeeBasisPoints));
        builder.Services.AddSingleton(Curve.Default);
        if (node.Roles.Contains(NodeRoles.Signer))
            builder.Services.AddSingleton(new SigningKey(Accountant.Domain, Accountant.OperatorKey, totals ?? new TransientTotals()));
        builder.Services.AddAccountantCluster(new AccountantClusterOptions
        {
            Policy = Accountant.Policy,
            Opening = Accountant.Opening,
            Store = store,
            Node = node,
            MinimumCollectable = new Amount(100),
            MinimumPayable = new Amount(100),
            Hocon = "akka.loglevel = ERROR\nakka.stdout-loglevel = ERROR\n" + hocon,
        }, more);
        var host = builder.Build();
        await host.StartAsync();
        return new ClusterUnderTest(host);
    }

    /// <summary>The consumer's channel holds that much at a confirmed block.</summary>
    public async Task DepositAsync(TestConsumer consumer, UInt128 amount) => await ObserveAsync(consumer, TestConsumer.Deposited(amount));

    public async Task ObserveAsync(TestConsumer consumer, ConsumerChannelFacts facts) =>
        Assert.True(await Facts.ObserveConsumerChannelAsync(consumer.Channel, facts, Accountant.Deadline, default));

    public Task<ExchangeAnswer> ExchangeAsync(ExchangeRequest request) => Exchange.ExchangeAsync(request, Accountant.Deadline, default);

    public async Task<ConsumerOverview> DescribeAsync(TestConsumer consumer) =>
        await Exchange.GetConsumerAsync(consumer.Channel, Accountant.Deadline, default) ?? throw new TimeoutException();

    public async Task<ProviderOverview> DescribeAsync(TestProvider provider) =>
        await Exchange.GetProviderAsync(provider.Identity, Accountant.Deadline, default) ?? throw new TimeoutException();

    /// <summary>Leaves the cluster, as a host that is told to stop does.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <summary>Ends at once: no goodbye, no hand-over, nothing written that was not written before.</summary>
    public async Task CrashAsync()
    {
        ((ExtendedActorSystem)System).Abort();
        await System.WhenTerminated;
    }

    public async ValueTask DisposeAsync()
    {
        await CrashAsync();
        _host.Dispose();
    }

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
