using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Client.Maker;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Maker;

/// <summary>What does not pay, is not signed, or is not what it says is refused by name, and costs the transaction maker nothing.</summary>
public sealed class HostileJobTests(MakerNetwork network) : IClassFixture<MakerNetwork>
{
    private const ulong FarFuture = 4_000_000_000;

    private static readonly Amount Enough = new(1_000_000_000);

    [Fact]
    public async Task Nothing_bad_is_sent()
    {
        using var consumer = PrivateKey.Generate();
        using var other = PrivateKey.Generate();
        await network.TopUpAsync(consumer.Address, DemoScale.RegistrationFee + Enough);
        var quote = await network.Api.GetQuoteAsync(new JobShape(JobKind.Register));
        var good = Sign(consumer, quote);

        // A signature of somebody else's, and one by which more was meant.
        await RefusedAsync(JobReason.InvalidSignature, good with { Signature = Sign(other, quote).Signature });
        await RefusedAsync(JobReason.InvalidSignature, good with { Message = good.Message with { Fee = Enough } });
        await RefusedAsync(JobReason.UnknownAccountant, Sign(consumer, quote, accountant: network.Chain.Profile.Token));
        await RefusedAsync(JobReason.OtherTransactionMaker, Sign(consumer, quote, paidTo: consumer.Address));
        await RefusedAsync(JobReason.DeadlineTooSoon, Sign(consumer, quote, deadline: 1));
        await RefusedAsync(JobReason.FeeTooLow, Sign(consumer, quote, fee: new Amount(1)));
        // Nothing lies at its channel's address.
        await RefusedAsync(JobReason.WouldRevert, Sign(other, quote));

        // The channel has nothing to pay with: no loan, and no tokens of the accountant's.
        var promise = network.Promise(other, Enough);
        await RefusedAsync(JobReason.WouldRevert, () => SettleAsync(other, promise));
        // Not the operator's word.
        var forged = promise with { Signature = Curve.Default.Sign(Bytes32.FromUInt128(1), other) };
        await RefusedAsync(JobReason.WouldRevert, () => SettleAsync(other, forged));

        Assert.Null(await network.Api.FindAsync(consumer.Address, Bytes32.FromUInt128(1)));
        Assert.Equal(0UL, await network.CountSentAsync());

        // The same id is the same job, and nothing else can be under it.
        var id = Bytes32.FromUInt128(1_000);
        await network.Api.RegisterAsync(id, good, quote: null);
        await network.Api.RegisterAsync(id, good, quote: null);
        var conflict = await Assert.ThrowsAsync<JobRefusedException>(
            () => network.Api.RegisterAsync(id, Sign(consumer, quote, fee: Enough), quote: null));
        Assert.Equal(JobReason.Conflict, conflict.Reason);
        await network.HoldsAsync("the good one is done", async () =>
            await network.Api.FindAsync(consumer.Address, id) is { State: JobState.Confirmed });
        Assert.Equal(1UL, await network.CountSentAsync());
        await RefusedAsync(JobReason.WouldRevert, good);
    }

    private Task RefusedAsync(JobReason reason, SignedRegistration registration) =>
        RefusedAsync(reason, () => network.Api.RegisterAsync(Bytes32.FromUInt128(1), registration, quote: null));

    private static async Task RefusedAsync(JobReason reason, Func<Task> submit) =>
        Assert.Equal(reason, (await Assert.ThrowsAsync<JobRefusedException>(submit)).Reason);

    private Task<JobReport> SettleAsync(PrivateKey provider, SettleablePromise promise)
    {
        var message = new SettlementFee(
            network.Chain.Profile.ProviderChannelOf(provider.Address), Enough, network.Receiver, Amount.Zero, FarFuture);
        var fee = new SignedSettlementFee(message, Curve.Default.Sign(network.Chain.Profile.Domain.Digest(message), provider));
        return network.Api.SettleAsync(Bytes32.FromUInt128(1), network.Chain.Profile.Accountant, promise, fee, quote: null);
    }

    private SignedRegistration Sign(
        PrivateKey key,
        MakerQuote quote,
        Address? accountant = null,
        Address? paidTo = null,
        ulong deadline = FarFuture,
        Amount? fee = null) => SignedRegistration.Sign(
            network.Chain.Profile with { Accountant = accountant ?? network.Chain.Profile.Accountant },
            key,
            deadline,
            fee: fee ?? quote.Quote.Fee + quote.Quote.Fee,
            transactionMaker: paidTo ?? quote.TransactionMaker);
}
