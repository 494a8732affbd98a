using AccountantCluster.Chain;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.OnChain;

/// <summary>From deposit to payout with nothing but the SDK, on a real chain; the accountant's rules run in memory.</summary>
public sealed class MoneyOnChainTests(LocalChain chain) : IClassFixture<LocalChain>, IDisposable
{
    private const ulong Forever = 1UL << 40;

    private readonly TemporaryFile _files = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(120));
    private readonly PrivateKey _consumer = PrivateKey.Generate();
    private readonly PrivateKey _provider = PrivateKey.Generate();

    public void Dispose()
    {
        _files.Dispose();
        _patience.Dispose();
        _consumer.Dispose();
        _provider.Dispose();
    }

    [Fact]
    public async Task A_channel_is_topped_up_before_it_exists_and_registered_from_what_lies_there()
    {
        var (funding, registration) = (Funding(), new Registration(chain.Client, chain.Profile));
        var reads = new ChannelReads(chain.Client, chain.Profile);
        var maker = chain.NewSender();
        var signed = SignedRegistration.Sign(chain.Profile, _consumer, Forever, fee: new Amount(3), transactionMaker: maker.Address);
        Assert.Equal(new Amount(LocalChain.RegistrationFee + 3), await registration.GetCostAsync(signed));

        await funding.TopUpAsync(_consumer.Address, new Amount(500));
        Assert.False(await registration.IsRegisteredAsync(_consumer.Address));
        Assert.Equal(Amount.Zero, await reads.ReadDepositedAsync(_consumer.Address));
        Assert.Equal(new Amount(500), (await reads.ReadConsumerAsync(_consumer.Address)).Balance);

        var registered = await registration.SendAsync(signed, maker);
        Assert.Equal(chain.Profile.ChannelOf(_consumer.Address), registered.Channel);
        Assert.True(await registration.IsRegisteredAsync(_consumer.Address));
        Assert.Equal(new Amount(500 - LocalChain.RegistrationFee - 3), await reads.ReadDepositedAsync(_consumer.Address));
        Assert.Equal(new Amount(3), await chain.BalanceAsync(maker.Address));
    }

    [Fact]
    public async Task What_was_paid_is_collected_and_settled_to_the_last_unit()
    {
        var reads = new ChannelReads(chain.Client, chain.Profile);
        await Funding().TopUpAsync(_consumer.Address, new Amount(1_000 + LocalChain.RegistrationFee));
        var registration = SignedRegistration.Sign(chain.Profile, _consumer, Forever);
        await new Registration(chain.Client, chain.Profile).SendAsync(registration, chain.Sender);
        await Funding().IncreaseLoanAsync(_provider.Address, new Amount(100));

        var settleable = await EarnAsync(await reads.ReadDepositedAsync(_consumer.Address), payments: 6, amount: 100);
        var net = new Amount(600 - (600 * LocalChain.FeeBasisPoints / 10_000));
        Assert.Equal(net, settleable.Promise.Amount);

        // The balance alone first: the promise settles in parts.
        var settlement = new ProviderSettlement(chain.Client, chain.Profile, chain.Sender);
        var preview = await settlement.PreviewAsync(settleable.Promise);
        Assert.Equal((net, new Amount(100), new Amount(100)), (preview.Unsettled, preview.Balance, preview.Payable));
        Assert.True(new SettlementPolicy().IsWorthIt(preview, new Amount(50)));
        var first = await settlement.SettleAsync(settleable.Promise);
        Assert.Equal((new Amount(100), new Amount(100)), (first!.Paid, first.Settled));

        // The provider's own evidence brings the consumer's money in, without the accountant.
        var evidence = Assert.Single(settleable.Evidence);
        await chain.Sender.SendAsync(chain.Accountant.Collect([new PromiseToCollect(
            _consumer.Address,
            evidence.Promise.Amount,
            evidence.Promise.Agreement.HashStruct(),
            evidence.R,
            evidence.Promise.Signature)]));
        var second = await settlement.SettleAsync(settleable.Promise);
        Assert.Equal((new Amount(net.Units - 100), net), (second!.Received, second.Settled));
        Assert.Null(await settlement.SettleAsync(settleable.Promise));
        Assert.Equal(net, await chain.BalanceAsync(_provider.Address));
        Assert.Equal(new Amount(400), (await reads.ReadConsumerAsync(_consumer.Address)).Balance);
        Assert.Equal(new Amount(100), (await reads.ReadProviderAsync(_provider.Address)).Balance);
    }

    private Funding Funding() => new(chain.Client, chain.Profile, chain.Sender);

    private async Task<(SettleablePromise Promise, IReadOnlyList<CollectablePromise> Evidence)> EarnAsync(
        Amount deposited, int payments, ulong amount)
    {
        var accountant = new HonestAccountant(chain.Profile, TestWorld.Operator, LocalChain.FeeBasisPoints);
        accountant.Deposit(_consumer.Address, (ulong)deposited.Units);
        using var consumer = ConsumerAccount.Open(chain.Profile, _consumer, _files.At("consumer"));
        consumer.SetDeposited(deposited);
        await using var provider = ProviderAccount.Open(
            chain.Profile,
            _provider,
            _files.At("provider"),
            new InProcessExchange(accountant, _provider.Address),
            new AccountantOnChain(chain.Client, chain.Accountant.Address),
            new ProviderOptions { InvoiceGrace = TimeSpan.Zero });
        await provider.StartAsync(_patience.Token);
        var agreement = provider.OpenAgreement(_consumer.Address);
        for (var i = 0; i < payments; i++)
        {
            var invoice = await provider.InvoiceAsync(agreement, new Amount(amount), _patience.Token);
            var promise = consumer.Pay(invoice, _provider.Address, new Amount(amount));
            while ((await provider.ReceiveAsync(promise, _patience.Token)).Status == PaymentStatus.Late)
                promise = consumer.Pay(await provider.InvoiceAgainAsync(agreement, _patience.Token), _provider.Address, Amount.Zero);
        }
        Assert.True(await provider.CloseSessionAsync(_patience.Token));
        return (provider.Settleable!, provider.Evidence);
    }
}
