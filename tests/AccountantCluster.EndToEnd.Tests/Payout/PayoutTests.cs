using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Payout;

/// <summary>The way of the money, from a transfer to an address where nothing is to a provider's beneficiary, to the unit.</summary>
public sealed class PayoutTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    private const ulong BlocksBeforeRegistration = 3;

    // One, as the node is told.
    private const ulong Confirmations = 1;

    private static readonly Amount Unit = new(1);

    [Fact]
    public async Task A_deposit_before_registration_ends_at_the_beneficiary_to_the_unit()
    {
        using var consumer = network.NewConsumer(DemoScale.Deposit);
        await using var provider = new DemoProvider(1, network.Chain.Profile);
        await network.TopUpAsync(consumer.Party, DemoScale.Deposit + DemoScale.RegistrationFee);
        await network.TopUpAsync(provider.Party, DemoScale.Loan + DemoScale.RegistrationFee);
        await network.RegisterAsync(provider.Party, DemoScale.Loan, provider.Beneficiary);

        await SpendsOnlyAfterRegistrationAsync(consumer);
        await network.SeesDepositAsync(consumer);
        await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, "the provider opens its session");
        var money = new MoneyWay(network, consumer, provider);
        await money.PayAsync();

        var report = await money.SettleAsync();
        var promised = provider.Account.Status.Promised;
        Assert.Equal(promised, report.Paid);
        Assert.Equal(promised, report.Settled);
        await money.IsCollectedAndRefilledAsync();
        await EveryUnitIsWhereItBelongsAsync(consumer, provider);
    }

    // A provider that is nobody else keeps asking, before and while the registration is mined.
    private async Task SpendsOnlyAfterRegistrationAsync(DemoConsumer consumer)
    {
        using var asking = PrivateKey.Generate();
        var hashlock = new Preimage(Keccak256.Hash("an R that is never shown"u8)).ToHashlock();
        var promise = consumer.Account.Pay(new Invoice(asking.Address, AgreementId.From(1), Unit, hashlock), asking.Address, Unit);
        var batch = new Wire.Batch();
        batch.Promises.Add(promise.ToWire());
        await using var stream = await network.OpenStreamAsync(asking);
        async Task<Wire.RejectionReason> AskAsync() => (await stream.ExchangeAsync(batch)).Promises[0].Reason;

        var began = await HeadAsync();
        await network.HoldsAsync("some blocks are mined", async () =>
        {
            Assert.Equal(Wire.RejectionReason.UnknownChannel, await AskAsync());
            return await HeadAsync() >= began + BlocksBeforeRegistration;
        });

        var registering = network.RegisterAsync(consumer.Party);
        var spentAt = 0UL;
        await network.HoldsAsync("a registered deposit can be spent", async () =>
        {
            var reason = await AskAsync();
            if (reason == Wire.RejectionReason.Unspecified)
            {
                spentAt = await HeadAsync();
                return true;
            }
            Assert.Equal(Wire.RejectionReason.UnknownChannel, reason);
            return false;
        });
        var registeredAt = await registering;
        Assert.True(
            spentAt >= registeredAt + Confirmations, $"Registered in block {registeredAt}, and spent when {spentAt} was the newest block.");
    }

    private async Task EveryUnitIsWhereItBelongsAsync(DemoConsumer consumer, DemoProvider provider)
    {
        var (books, reads) = (provider.Account.Status, new ChannelReads(network.Chain.Client, network.Chain.Profile));
        var block = (await network.Chain.Client.GetBlockAsync(BlockReference.Latest))!;
        var paying = await reads.ReadConsumerAsync(consumer.Party.Identity, block);
        var paid = await reads.ReadProviderAsync(provider.Party.Identity, block);
        Task<Amount> TokensOf(Address address) => network.Chain.Token.GetBalanceAsync(address, BlockReference.At(block));

        Assert.Equal(books.Gross + Unit, consumer.Account.Promised);
        Assert.Equal(consumer.Account.Promised, paying.Settled);
        Assert.Equal(DemoScale.Deposit, paying.Balance + paying.Settled);
        Assert.Equal(books.Gross - DemoFee.On(books.Gross), books.Promised);
        Assert.Equal(books.Promised, paid.Settled);
        Assert.Equal(DemoScale.Loan, paid.Loan);
        Assert.Equal(books.Promised, await TokensOf(provider.Beneficiary));
        Assert.Equal(
            DemoScale.Stake + DemoScale.Loan + DemoFee.On(books.Gross) + Unit, await TokensOf(network.Chain.Profile.Accountant));
    }

    private Task<ulong> HeadAsync() => network.Chain.Client.GetBlockNumberAsync().WithinAsync(network, "the chain answers");
}
