using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Opening;

/// <summary>A consumer whose tokens lie at its channel's address, where nothing is yet.</summary>
internal sealed class NewConsumer(LiveNetwork network) : IDisposable
{
    private const ulong Hour = 3_600;

    /// <summary>Who it is, and its books.</summary>
    public DemoConsumer Consumer { get; } = network.NewConsumer(Amount.Zero);

    /// <summary>The chain's word on it.</summary>
    public ChannelReads Reads { get; } = new(network.Chain.Client, network.Chain.Profile);

    /// <summary>Puts tokens there, hands a registration in and waits until something may be promised on it.</summary>
    public async Task<SignedRegistration> OpenAsync(Amount tokens)
    {
        await network.TopUpAsync(Consumer.Party, tokens);
        var registration = await SignAsync();
        await network.HoldsAsync("something may be promised before the registration is mined", async () =>
        {
            var answer = await Consumer.Account.OpenAsync(network.Api, Reads, registration);
            // The edge takes one a second; a test that asks more often is told so, and asks again.
            if (answer.Reason == RejectionReason.Overloaded) return false;
            Assert.True(answer.IsHeld, answer.Reason.ToString());
            return !answer.Spendable.IsZero;
        });
        return registration;
    }

    /// <summary>A registration that the consumer has signed; several are good until one is mined.</summary>
    public async Task<SignedRegistration> SignAsync(Amount fee = default, Address maker = default)
    {
        var block = (await network.Chain.Client.GetBlockAsync(BlockReference.Latest))!;
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return SignedRegistration.Sign(
            network.Chain.Profile, Consumer.Party.Key, Math.Max(now, block.Timestamp) + Hour, fee: fee, transactionMaker: maker);
    }

    /// <summary>Somebody sends a registration.</summary>
    public Task SendAsync(SignedRegistration registration) =>
        new Registration(network.Chain.Client, network.Chain.Profile).SendAsync(registration, network.Chain.TransactionMaker)
            .WithinAsync(network, "the registration is mined");

    /// <summary>Whether its channel exists in the newest block.</summary>
    public async Task<bool> IsRegisteredAsync() => (await Reads.ReadConsumerAsync(Consumer.Party.Identity)).IsRegistered;

    /// <summary>Pays a provider, in whichever of its windows is open.</summary>
    public async Task<PaymentOutcome> PayAsync(DemoProvider provider, Amount amount)
    {
        var agreement = provider.Account.OpenAgreement(Consumer.Party.Identity);
        var invoice = await provider.Account.InvoiceAsync(agreement, amount).WithinAsync(network, "an invoice");
        while (true)
        {
            var promise = Consumer.Account.Pay(invoice, provider.Party.Identity, amount);
            var outcome = await provider.Account.ReceiveAsync(promise).WithinAsync(network, "the payment is answered");
            if (outcome.Status != PaymentStatus.Late) return outcome;
            invoice = await provider.Account.InvoiceAgainAsync(agreement).WithinAsync(network, "another invoice");
        }
    }

    /// <summary>A provider with a loan and an open session.</summary>
    public async Task<DemoProvider> BeginProviderAsync(int number)
    {
        var provider = new DemoProvider(number, network.Chain.Profile);
        await network.TopUpAsync(provider.Party, DemoScale.Loan + DemoScale.RegistrationFee);
        await network.RegisterAsync(provider.Party, DemoScale.Loan, provider.Beneficiary);
        await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, "the provider opens its session");
        return provider;
    }

    public void Dispose() => Consumer.Dispose();
}
