using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Payout;

/// <summary>From a consumer's deposit through a provider's settlement back to the provider's guaranteed balance.</summary>
internal sealed class MoneyWay(LiveNetwork network, DemoConsumer consumer, DemoProvider provider)
{
    private const int SmallPayments = 20;

    // Above the stake, below the exposure limit: it cannot be paid without the provider's guaranteed balance.
    private static readonly Amount LargePayment = new(300_000);

    /// <summary>Payments, the last of which cannot be settled without the provider's guaranteed balance.</summary>
    public async Task PayAsync()
    {
        var tally = new PaymentTally();
        using var stop = new CancellationTokenSource();
        var paying = new ServiceSession(consumer, provider, tally).RunAsync(stop.Token, CancellationToken.None);
        await network.HoldsAsync(
            $"{SmallPayments} payments are accepted", () => Task.FromResult(tally.Accepted >= SmallPayments || paying.IsCompleted));
        await stop.CancelAsync();
        await paying.WithinAsync(network, "the payment that has begun is accepted");
        Assert.Empty(tally.Rejected);

        var agreement = provider.Account.OpenAgreement(consumer.Party.Identity);
        var invoice = await provider.Account.InvoiceAsync(agreement, LargePayment).WithinAsync(network, "an invoice");
        while (true)
        {
            var promise = consumer.Account.Pay(invoice, provider.Party.Identity, LargePayment);
            var outcome = await provider.Account.ReceiveAsync(promise).WithinAsync(network, "the large payment is answered");
            if (outcome.Status == PaymentStatus.Accepted) break;
            Assert.Equal(PaymentStatus.Late, outcome.Status);
            invoice = await provider.Account.InvoiceAgainAsync(agreement).WithinAsync(network, "another invoice");
        }
        await network.HoldsAsync("the last window closes", () =>
        {
            var status = provider.Account.Status;
            return Task.FromResult(status.Settleable == status.Owed);
        });
    }

    /// <summary>
    /// The provider settles. Nodes do not know the last R: they can neither have collected the last payment nor refilled from it.
    /// </summary>
    public async Task<SettlementReport> SettleAsync()
    {
        var report = await new ProviderSettlement(network.Chain.Client, network.Chain.Profile, network.Chain.TransactionMaker)
            .SettleAsync(provider.Account.Settleable!)
            .WithinAsync(network, "the settlement is mined");
        Assert.NotNull(report);
        Assert.True(
            report.Before.Withdrawable < report.Before.Unsettled, "Nothing of this settlement was paid out of the guaranteed balance.");
        return report;
    }

    /// <summary>The accountant collects and refills, by itself: nobody but its node sends these transactions.</summary>
    public async Task IsCollectedAndRefilledAsync()
    {
        var chain = new ChannelReads(network.Chain.Client, network.Chain.Profile);
        await network.HoldsAsync("the node collects what the consumer promised", async () =>
            (await chain.ReadConsumerAsync(consumer.Party.Identity)).Settled == consumer.Account.Promised);
        await network.HoldsAsync("the node refills the provider's balance to its loan", async () =>
            (await chain.ReadProviderAsync(provider.Party.Identity)).Balance == DemoScale.Loan);
    }
}
