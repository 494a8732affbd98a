using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Journal;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.DoubleSpend;

public sealed class DoubleSpendTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    private const int MaxAttempts = 10;

    private static readonly int Cheats = (int)TestEffort.Of(4);

    [Fact]
    public async Task OfTwoPromisesOfTheSameMoneyOverTwoStreamsExactlyOneIsAccepted()
    {
        DemoProvider[] providers = [new(1, network.Chain.Profile), new(2, network.Chain.Profile)];
        var cheats = await network.AddConsumersAsync(Cheats, DemoScale.CheatsDeposit);
        try
        {
            foreach (var provider in providers)
                await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
                    .WithinAsync(network, $"{provider.Party.Name} opens its session");

            await Task.WhenAll(cheats.Select(cheat => CheatAsync(cheat, providers)));
            await network.KillNodeAsync();

            var journal = StoredJournal.Read(network.Storage);
            var (paying, paid) = (StoredConsumerChannel.All(journal), StoredProviderChannel.All(journal));
            foreach (var cheat in cheats)
            {
                var channel = Assert.Single(paying, channel => channel.Channel == cheat.Party.Channel);
                Assert.Equal(DemoScale.CheatsPromise, channel.Credited);
                Assert.Equal(DemoScale.CheatsPromise, Assert.Single(paid, provider => provider.CreditedBy.ContainsKey(channel.Channel)).CreditedBy[channel.Channel]);
            }
        }
        finally
        {
            foreach (var provider in providers) await provider.DisposeAsync();
            foreach (var cheat in cheats) cheat.Dispose();
        }
    }

    private async Task CheatAsync(DemoConsumer cheat, DemoProvider[] providers)
    {
        using var secondDevice = cheat.OpenDevice("second");
        var outcomes = await Task.WhenAll(PayAsync(cheat, cheat.Account, providers[0]), PayAsync(cheat, secondDevice, providers[1]));

        var refused = Assert.Single(outcomes, outcome => outcome.Status != PaymentStatus.Accepted);
        Assert.Equal(PaymentStatus.Refused, refused.Status);
        Assert.Equal(RejectionReason.Overspend, refused.Rejection!.Reason);
        // Nor does the consumer's own device sign its way around it.
        var loser = Array.IndexOf(outcomes, refused) == 0 ? cheat.Account : secondDevice;
        Assert.Throws<PaymentRefusedException>(() => loser.Resynchronise(refused.Rejection));
    }

    private async Task<PaymentOutcome> PayAsync(DemoConsumer cheat, ConsumerAccount device, DemoProvider provider)
    {
        var agreement = provider.Account.OpenAgreement(cheat.Party.Identity);
        var invoice = await provider.Account.InvoiceAsync(agreement, DemoScale.CheatsPromise).WithinAsync(network, "an invoice");
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var promise = device.Pay(invoice, provider.Party.Identity, DemoScale.CheatsPromise);
            var outcome = await provider.Account.ReceiveAsync(promise).WithinAsync(network, $"an answer to {cheat.Party.Name}");
            if (outcome.Status != PaymentStatus.Late) return outcome;
            invoice = await provider.Account.InvoiceAgainAsync(agreement).WithinAsync(network, "another invoice");
        }
        throw new InvalidOperationException($"A promise was late {MaxAttempts} times.");
    }
}
