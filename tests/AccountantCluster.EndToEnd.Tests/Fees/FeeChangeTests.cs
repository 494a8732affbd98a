using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Fees;

/// <summary>The owner changes the fee on chain while the node runs: node and SDK follow, and never call each other liars.</summary>
public sealed class FeeChangeTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    private const ushort Raised = 300;
    private const ushort Lowered = 50;
    private const ulong Payment = 10_000;

    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);
    private static readonly TimeSpan WithinGrace = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    // Often, so that the test need not wait.
    private static readonly ProviderOptions Options = new() { FeeReading = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task A_raise_counts_after_its_notice_and_a_lower_fee_soon_and_the_provider_agrees()
    {
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        await using var provider = new DemoProvider(1, network.Chain.Profile);
        await provider.BeginAsync(network.Folder, network.Api.OpenStream(provider.Party.Key), network.Chain, CancellationToken.None, Options)
            .WithinAsync(network, "the provider opens its session");
        await CountsAsync(consumer, provider, DemoScale.FeeBasisPoints);

        await SetFeeAsync(Raised);
        await CountsAsync(consumer, provider, DemoScale.FeeBasisPoints);
        await network.Chain.Anvil.AdvanceTimeAsync(Notice + WithinGrace).WithinAsync(network, "the chain's clock moves");
        Assert.Equal(Raised, await network.Chain.Accountant.GetFeeBasisPointsAsync(BlockReference.Latest));
        await CountsAsync(consumer, provider, DemoScale.FeeBasisPoints);
        await network.Chain.Anvil.AdvanceTimeAsync(Grace).WithinAsync(network, "the chain's clock moves");
        await TellsAsync(Raised);
        await CountsAsync(consumer, provider, Raised);

        await SetFeeAsync(Lowered);
        await TellsAsync(Lowered);
        await CountsAsync(consumer, provider, Lowered);
        network.MustAnswerItself();
    }

    private async Task SetFeeAsync(ushort basisPoints) => await network.Chain.Deployer.SendAsync(network.Chain.Accountant.SetFee(basisPoints))
        .WithinAsync(network, $"the fee of {basisPoints} is mined");

    private Task TellsAsync(ushort basisPoints) => network.HoldsAsync(
        $"the node tells a fee of {basisPoints}", async () => (await network.Api.GetTermsAsync()).FeeBasisPoints == basisPoints);

    // What a payment adds to the accountant's promise. The provider, which reckons with a raise from its last look on and with a lower fee from
    // its next, expects no more than that.
    private async Task CountsAsync(DemoConsumer consumer, DemoProvider provider, ushort basisPoints)
    {
        var before = await PromisedAsync(provider);
        await PayAsync(consumer, provider);
        Assert.Equal(before + new Amount(Payment - (Payment * basisPoints / 10_000)), await PromisedAsync(provider));
    }

    // When the window is closed: the provider has found nothing to complain of.
    private async Task<Amount> PromisedAsync(DemoProvider provider)
    {
        await network.HoldsAsync("the window closes", () =>
        {
            var status = provider.Account.Status;
            return Task.FromResult(status.Settleable == status.Promised && status.Promised >= status.Owed && status.Unanswered == 0);
        });
        Assert.Equal(ProviderProblem.None, provider.Account.Status.Problem);
        return provider.Account.Status.Promised;
    }

    private async Task PayAsync(DemoConsumer consumer, DemoProvider provider)
    {
        var agreement = provider.Account.OpenAgreement(consumer.Party.Identity);
        var invoice = await provider.Account.InvoiceAsync(agreement, new Amount(Payment)).WithinAsync(network, "an invoice");
        while (true)
        {
            var promise = consumer.Account.Pay(invoice, provider.Party.Identity, new Amount(Payment));
            var outcome = await provider.Account.ReceiveAsync(promise).WithinAsync(network, "the payment is answered");
            if (outcome.Status == PaymentStatus.Accepted) return;
            Assert.Equal(PaymentStatus.Late, outcome.Status);
            invoice = await provider.Account.InvoiceAgainAsync(agreement).WithinAsync(network, "another invoice");
        }
    }
}
