using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.EndToEnd.Tests.Payout;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Nodes;

/// <summary>Whoever settles need not be able to sign promises, and whoever signs them sends nothing.</summary>
public sealed class SettlementNodeTests(ApartNetwork network) : IClassFixture<ApartNetwork>
{
    [Fact]
    public async Task A_node_of_its_own_follows_the_chain_collects_and_refills_with_its_own_key()
    {
        var operatorSent = await SentAsync(network.Chain.Operator.Address);
        Assert.False(File.Exists(network.Settling.Own("operator.json")), "The node that settles was given the operator's key.");
        Assert.False(File.Exists(network.Folder.File("operator.json")), "The node that keeps channels was given the operator's key.");
        Assert.Equal(0UL, await SentAsync(network.Sender));

        // The other node has heard of both from this one, which alone looks at the chain's events.
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        await using var provider = new DemoProvider(1, network.Chain.Profile);
        await network.TopUpAsync(provider.Party, DemoScale.Loan + DemoScale.RegistrationFee);
        await network.RegisterAsync(provider.Party, DemoScale.Loan, provider.Beneficiary);
        await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, "the provider opens its session");
        var money = new MoneyWay(network, consumer, provider);
        await money.PayAsync();

        var report = await money.SettleAsync();
        Assert.Equal(provider.Account.Status.Promised, report.Paid);
        await money.IsCollectedAndRefilledAsync();
        Assert.True(await SentAsync(network.Sender) >= 2, "Collected and refilled, and its key has sent less than two transactions.");
        Assert.Equal(operatorSent, await SentAsync(network.Chain.Operator.Address));
    }

    private Task<ulong> SentAsync(Address account) =>
        network.Chain.Client.GetTransactionCountAsync(account, BlockReference.Latest).WithinAsync(network, "the chain answers");
}
