using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Exchange;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.EndToEnd.Tests.Records;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>Nodes join a cluster, go and come back while payments flow through all of them.</summary>
public sealed class RollingTests(PostgreSqlNetwork network, ITestOutputHelper output)
    : IClassFixture<PostgreSqlNetwork>, IAsyncLifetime, IDisposable
{
    private const int Answers = 60;
    private const int Consumers = 3;

    // So many that each of three nodes keeps some of their channels.
    private const int FirstProviders = 5;

    private readonly Recorder _recorder = new();
    private readonly PaymentTally _tally = new();
    private readonly List<DemoProvider> _providers = [];
    private readonly List<Task> _paying = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _failed = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _failed.CancelAsync();
        foreach (var provider in _providers) await provider.DisposeAsync();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _failed.Dispose();
    }

    [Fact]
    public async Task Nodes_that_join_take_channels_over_and_all_can_be_restarted_one_by_one_and_nothing_is_lost()
    {
        var consumers = await network.AddConsumersAsync(Consumers, DemoScale.Deposit);
        for (var number = 1; number <= FirstProviders; number++) await PayAsync(consumers, network.Api);
        await PayOnAsync();

        var listens = FreePort.Find(count: 2).Select(port => $"127.0.0.1:{port}").ToArray();
        await using var second = await network.JoinAsync(new NodeTold { Listen = listens[0], Roles = ["edge", "channels"] });
        await using var third = await network.JoinAsync(new NodeTold { Listen = listens[1] });
        using var secondApi = ApiOf(second);
        using var thirdApi = ApiOf(third);
        await PayAsync(consumers, secondApi);
        await PayAsync(consumers, thirdApi);
        await network.HoldsAsync("both new nodes keep channels", async () =>
        {
            await FailsWithPaymentsAsync();
            return second.KeepsChannels && third.KeepsChannels;
        });
        Assert.False(third.HasSigned);
        output.WriteLine($"Channels have moved to both after {_recorder.Answers} answers.");
        await PayOnAsync();

        foreach (var node in new[] { second, third })
        {
            await RestartAsync(node.Running, async () =>
            {
                await node.StartAsync();
                return node.Running;
            });
        }
        // The oldest comes last: it places the shards, settles and signs.
        await RestartAsync(network.Node, async () =>
        {
            Assert.True(third.HasSigned);
            await network.StartNodeAsync();
            return network.Node;
        });
        await _stop.CancelAsync();
        await Task.WhenAll(_paying).WithinAsync(network, "every payment that has begun comes to its end");

        foreach (var provider in _providers)
            Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, "a session closes"));
        foreach (var api in new[] { network.Api, secondApi, thirdApi }) await AgreesAsync(consumers, api);
        output.WriteLine($"{_tally.Accepted} promises, {_recorder.Answers} answers, {_recorder.Requests.Count} requests.");
        Assert.Empty(_tally.Rejected);
    }

    // What providers have in their books and what was acknowledged to them is what the accountant says, whichever node is asked.
    private async Task AgreesAsync(IReadOnlyList<DemoConsumer> consumers, AccountantApi api)
    {
        foreach (var provider in _providers)
        {
            var (books, said) = (provider.Account.Status, (await api.GetChannelAsync(provider.Party.Key)).Provider);
            Assert.Equal((books.Gross, books.Promised, books.Owed), (said.Gross, said.Promised, books.Promised));
        }
        var totals = AcceptedTotals.Of(_recorder.Requests);
        foreach (var consumer in consumers)
        {
            var said = (await api.GetChannelAsync(consumer.Party.Key)).Consumer!;
            var accepted = totals.Where(pair => pair.Key.Consumer == consumer.Party.Identity).Select(pair => pair.Value).ToArray();
            Assert.Equal(_providers.Count, accepted.Length);
            Assert.Equal(accepted.Aggregate(Amount.Zero, (sum, total) => sum + total), said.Credited);
        }
    }

    private AccountantApi ApiOf(JoinedNode node) => new(node.Running.Endpoint, network.Chain.Profile, LiveNetwork.Impatient);

    // One more provider, which all consumers pay from now on.
    private async Task PayAsync(IReadOnlyList<DemoConsumer> consumers, AccountantApi api)
    {
        var provider = new DemoProvider(_providers.Count + 1, network.Chain.Profile);
        var way = new RecordingExchange(provider.Party.Identity, api.OpenStream(provider.Party.Key), _recorder);
        await provider.BeginAsync(network.Folder, way, network.Chain, CancellationToken.None)
            .WithinAsync(network, $"{provider.Party.Name} opens its session");
        _providers.Add(provider);
        _paying.Add(Together.RunAsync(
            consumers.Select(consumer =>
                (Func<CancellationToken, Task>)(end => new ServiceSession(consumer, provider, _tally).RunAsync(_stop.Token, end))),
            _failed.Token));
    }

    private async Task RestartAsync(NodeProcess node, Func<Task<NodeProcess>> start)
    {
        Assert.Equal(0, await PostgreSqlNetwork.TerminateAsync(node));
        output.WriteLine($"Stopped after {_recorder.Answers} answers.");
        await PayOnAsync();
        var next = await start();
        using var connection = GrpcChannel.ForAddress(next.Endpoint);
        var health = await new Health.HealthClient(connection).CheckAsync(new HealthCheckRequest()).ResponseAsync;
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        await PayOnAsync();
    }

    private async Task PayOnAsync()
    {
        var enough = _recorder.MoreAnswersAsync(Answers);
        await Task.WhenAny([enough, .. _paying]).WithinAsync(network, $"{Answers} more answers after {_recorder.Answers}");
        await FailsWithPaymentsAsync();
    }

    // Payments end only by failing before they are told to.
    private async Task FailsWithPaymentsAsync()
    {
        foreach (var ended in _paying.Where(task => task.IsCompleted)) await ended;
    }
}
