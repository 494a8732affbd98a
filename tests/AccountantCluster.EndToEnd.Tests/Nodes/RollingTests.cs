using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Exchange;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.EndToEnd.Tests.Records;
using AccountantCluster.Protocol;
using Grpc.Health.V1;
using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>Nodes of a cluster go and come back while payments flow through the others and through them.</summary>
public sealed class RollingTests(ThreeNodes network, ITestOutputHelper output) : IClassFixture<ThreeNodes>
{
    private const int Answers = 60;

    [Fact]
    public async Task A_node_that_is_told_to_stop_hands_over_and_comes_back_and_nothing_is_lost()
    {
        var recorder = new Recorder();
        var tally = new PaymentTally();
        var consumers = await network.AddConsumersAsync(4, DemoScale.Deposit);
        await using var first = await BeginAsync(1, network.Api, recorder);
        await using var second = await BeginAsync(2, network.EdgeApi, recorder);
        DemoProvider[] providers = [first, second];

        using var stop = new CancellationTokenSource();
        using var failed = new CancellationTokenSource();
        var paying = Together.RunAsync(
            from consumer in consumers
            from provider in providers
            select (Func<CancellationToken, Task>)(end => new ServiceSession(consumer, provider, tally).RunAsync(stop.Token, end)),
            failed.Token);
        await PayOnAsync(paying, recorder);
        // The oldest node, which places the shards and settles.
        Assert.Equal(0, await ThreeNodes.TerminateAsync(network.Node));
        output.WriteLine($"Stopped after {recorder.Answers} answers.");
        await PayOnAsync(paying, recorder);
        await network.StartNodeAsync();
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, await HealthAsync());
        await PayOnAsync(paying, recorder);
        await stop.CancelAsync();
        await paying.WithinAsync(network, "every payment that has begun comes to its end");

        foreach (var provider in providers)
        {
            Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, "a session closes"));
            var (books, said) = (provider.Account.Status, (await network.EdgeApi.GetChannelAsync(provider.Party.Key)).Provider);
            Assert.Equal((books.Gross, books.Promised, books.Owed), (said.Gross, said.Promised, books.Promised));
        }
        var totals = AcceptedTotals.Of(recorder.Requests);
        foreach (var consumer in consumers)
        {
            var said = (await network.Api.GetChannelAsync(consumer.Party.Key)).Consumer!;
            var accepted = totals.Where(pair => pair.Key.Consumer == consumer.Party.Identity).Select(pair => pair.Value).ToArray();
            Assert.Equal(providers.Length, accepted.Length);
            Assert.Equal(accepted.Aggregate(Amount.Zero, (sum, total) => sum + total), said.Credited);
        }
        output.WriteLine($"{tally.Accepted} promises, {recorder.Answers} answers, {recorder.Requests.Count} requests.");
    }

    private async Task<DemoProvider> BeginAsync(int number, AccountantApi api, Recorder recorder)
    {
        var provider = new DemoProvider(number, network.Chain.Profile);
        var way = new RecordingExchange(provider.Party.Identity, api.OpenStream(provider.Party.Key), recorder);
        await provider.BeginAsync(network.Folder, way, network.Chain, CancellationToken.None)
            .WithinAsync(network, $"{provider.Party.Name} opens its session");
        return provider;
    }

    private async Task PayOnAsync(Task paying, Recorder recorder)
    {
        var enough = recorder.MoreAnswersAsync(Answers);
        await Task.WhenAny(enough, paying).WithinAsync(network, $"{Answers} more answers after {recorder.Answers}");
        // Payments end only by failing here.
        if (!enough.IsCompleted) await paying;
    }

    private async Task<HealthCheckResponse.Types.ServingStatus> HealthAsync() =>
        (await new Health.HealthClient(network.Channel).CheckAsync(new HealthCheckRequest()).ResponseAsync).Status;
}
