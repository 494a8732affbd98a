using AccountantCluster.Benchmarks.World;
using AccountantCluster.Channels;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>A node in this process, without its edge.</summary>
internal sealed class LocalNode : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly IHost _host;
    private readonly IExchange _exchange;

    private LocalNode(IHost host) => (_host, _exchange) = (host, host.Services.GetRequiredService<IExchange>());

    public static async Task<LocalNode> StartAsync(Journal journal)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddMeasuredCluster(journal);
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.UpAsync();
        return new LocalNode(host);
    }

    public Task DepositAsync(IEnumerable<Address> channels) => _host.Services.DepositAsync(channels);

    /// <summary>Hands in one batch.</summary>
    public async Task<bool> HandInAsync(Payee payee, ChainPosition position, VerifiedPromise[] batch)
    {
        var request = new ExchangeRequest(payee.Key.Address, [], batch, Hashlock: null, position);
        var answer = await _exchange.ExchangeAsync(request, Deadline, default);
        return Outcomes.AreAccepted(answer.Promises.Select(outcome => outcome.Reason), answer.Reason);
    }

    /// <summary>Ends at once; what is stored is stored.</summary>
    public async ValueTask DisposeAsync()
    {
        var system = (ExtendedActorSystem)_host.Services.GetRequiredService<ActorSystem>();
        system.Abort();
        await system.WhenTerminated;
        _host.Dispose();
    }
}
