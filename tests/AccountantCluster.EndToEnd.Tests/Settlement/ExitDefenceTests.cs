using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.OnChain;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>A consumer that leaves takes nothing with it that it has promised.</summary>
public sealed class ExitDefenceTests(PatientNetwork network) : IClassFixture<PatientNetwork>
{
    private const int Payments = 10;

    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);

    [Fact]
    public async Task What_is_not_worth_its_gas_is_collected_all_the_same_once_its_consumer_wants_to_leave()
    {
        var consumers = await network.AddConsumersAsync(2, DemoScale.Deposit);
        var (leaving, staying) = (consumers[0], consumers[1]);
        await using var provider = new DemoProvider(1, network.Chain.Profile);
        await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, "the provider opens its session");
        foreach (var consumer in consumers) await PayAsync(consumer, provider);
        Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, "the last R is revealed"));

        var channel = await network.RequestExitAsync(leaving);
        var reads = new ChannelReads(network.Chain.Client, network.Chain.Profile);
        await network.HoldsAsync("the node collects what the consumer promised", async () =>
            (await reads.ReadConsumerAsync(leaving.Party.Identity)).Settled == leaving.Account.Promised);
        Assert.Equal(Amount.Zero, (await reads.ReadConsumerAsync(staying.Party.Identity)).Settled);

        await network.Chain.Anvil.AdvanceTimeAsync(Notice + TimeSpan.FromHours(1)).WithinAsync(network, "the notice is over");
        await network.Chain.TransactionMaker.SendAsync(new ConsumerChannelContract(network.Chain.Client, channel).FinalizeExit())
            .WithinAsync(network, "the exit is finalized");
        var left = await network.Chain.Token.GetBalanceAsync(leaving.Party.Identity, BlockReference.Latest);
        Assert.Equal(DemoScale.Deposit, left + leaving.Account.Promised);
    }

    private async Task PayAsync(DemoConsumer consumer, DemoProvider provider)
    {
        var tally = new PaymentTally();
        using var stop = new CancellationTokenSource();
        var paying = new ServiceSession(consumer, provider, tally).RunAsync(stop.Token, CancellationToken.None);
        await network.HoldsAsync(
            $"{Payments} payments are accepted", () => Task.FromResult(tally.Accepted >= Payments || paying.IsCompleted));
        await stop.CancelAsync();
        await paying.WithinAsync(network, "the payment that has begun is accepted");
    }
}
