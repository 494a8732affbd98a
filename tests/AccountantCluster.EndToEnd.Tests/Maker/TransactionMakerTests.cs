using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Client.Maker;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Maker;

/// <summary>Whoever owns tokens and no ether is registered and paid by a transaction maker, which is paid in tokens (paper §4.6).</summary>
public sealed class TransactionMakerTests(MakerNetwork network) : IClassFixture<MakerNetwork>
{
    private const ulong Gwei = 1_000_000_000;
    private const ulong FarFuture = 4_000_000_000;

    private static readonly Amount Enough = new(1_000_000_000);
    private static readonly Amount Promised = new(3_000_000);

    [Fact]
    public async Task A_provider_without_ether_registers_settles_and_leaves()
    {
        using var provider = PrivateKey.Generate();
        var before = await network.TokensOfAsync(network.Receiver);
        await network.TopUpAsync(provider.Address, DemoScale.Loan + DemoScale.RegistrationFee + Enough);

        var states = new States();
        var registered = await network.Client.RegisterAsync(provider, Enough, DemoScale.Loan, progress: states);
        Assert.NotNull(registered.TransactionHash);
        Assert.True(await network.IsRegisteredAsync(provider.Address));
        states.AssertForward();
        Assert.True(states.Saw(JobState.Accepted) || states.Saw(JobState.Sent));
        Assert.Equal(JobState.Confirmed, states.Reports[^1].State);

        var promise = network.Promise(provider, Promised);
        await network.Client.SettleAsync(provider, promise, Enough);
        var reads = new ChannelReads(network.Chain.Client, network.Chain.Profile);
        var channel = await reads.ReadProviderAsync(provider.Address);
        Assert.Equal(Promised, channel.Settled);
        Assert.Equal(Promised - channel.FeesPaid, await network.TokensOfAsync(provider.Address));

        // As much of the loan as stands in the balance, and a total that is settled with it: nobody is asked for anything but the evidence.
        var latest = network.Promise(provider, Promised + Promised);
        var message = new ReturnLoan(network.Chain.Profile.ProviderChannelOf(provider.Address), DemoScale.Loan, FarFuture);
        var loanReturn = new SignedLoanReturn(
            message, Curve.Default.Sign(network.Chain.Profile.Domain.Digest(message), provider));
        await network.Client.RecoverAsync(provider, [], latest, loanReturn, Enough);
        channel = await reads.ReadProviderAsync(provider.Address);
        Assert.Equal(Promised + Promised, channel.Settled);
        Assert.Equal(DemoScale.Loan, channel.Loan + channel.Returned);
        Assert.Equal(Amount.Zero, channel.Balance);
        Assert.Equal(
            Promised + Promised - channel.FeesPaid + channel.Returned, await network.TokensOfAsync(provider.Address));

        // What was paid for it is what the transaction maker has, and the provider never had any ether.
        var registration = (await network.Chain.Client.GetTransactionReceiptAsync(registered.TransactionHash!.Value))!
            .Events<IdentityRegistered>(network.Chain.Profile.Registry).Single();
        Assert.Equal(registration.TransactionMakerFee + channel.FeesPaid, await network.TokensOfAsync(network.Receiver) - before);
        Assert.Equal(UInt128.Zero, await network.Chain.Client.GetBalanceAsync(provider.Address, BlockReference.Latest));
    }

    /// <summary>The consumer's promise pays what no balance guarantees, in the same transaction and with the fee out of it.</summary>
    [Fact]
    public async Task A_provider_is_made_whole_by_its_consumers_promises()
    {
        using var provider = PrivateKey.Generate();
        using var consumer = PrivateKey.Generate();
        await network.TopUpAsync(consumer.Address, DemoScale.RegistrationFee + Enough + Enough);
        await network.Client.RegisterAsync(consumer, Enough);
        var profile = network.Chain.Profile;
        var r = new Preimage(Keccak256.Hash(provider.Address.ToArray()));
        var agreement = new Agreement(provider.Address, AgreementId.From(1), Promised);
        var message = new ConsumerPromise(
            ChannelId.OfConsumer(profile.ChannelOf(consumer.Address)), Promised, r.ToHashlock(), agreement);
        var row = new PromiseToCollect(
            consumer.Address, Promised, agreement.HashStruct(), r, Curve.Default.Sign(profile.Domain.Digest(message), consumer));
        var own = network.Promise(provider, Promised).ToSettle();

        var route = new MakerRoute(network.Api, network.Client, network.Chain.Client, provider, Enough);
        var alone = SettlementOrder.Settle(own);
        await Assert.ThrowsAsync<ContractRevertedException>(() => route.SendAsync(alone));
        var receipt = await route.SendAsync(alone with { Collect = [row] });

        var paid = receipt.Events<ProviderPromiseSettled>(profile.Accountant).Single();
        Assert.Equal(Promised, paid.Paid);
        Assert.Equal(Promised - paid.Fee, await network.TokensOfAsync(provider.Address));
        Assert.True(paid.Fee > Amount.Zero);
    }

    [Fact]
    public async Task A_copy_out_of_the_mempool_earns_nothing_and_costs_nobody_else()
    {
        using var consumer = PrivateKey.Generate();
        await network.TopUpAsync(consumer.Address, DemoScale.RegistrationFee + Enough);
        var before = await network.TokensOfAsync(network.Receiver);
        var quote = await network.Api.GetQuoteAsync(new JobShape(JobKind.Register));
        var registration = SignedRegistration.Sign(
            network.Chain.Profile, consumer, FarFuture, fee: quote.Quote.Fee, transactionMaker: quote.TransactionMaker);
        var id = Bytes32.FromUInt128(77);

        // The copy offers more for gas, and is in before.
        var copycat = network.Chain.TransactionMaker;
        await network.Chain.Anvil.SetNextBaseFeeAsync((long)Gwei);
        var job = await network.Api.RegisterAsync(id, registration, quote);
        await copycat.SendAsync(network.Chain.Registry.RegisterIdentity(registration.Message, registration.Signature));
        await network.HoldsAsync("the job is over", async () =>
            (job = (await network.Api.FindAsync(consumer.Address, id))!).IsOver);

        Assert.Equal(JobState.Confirmed, job.State);
        Assert.Equal(quote.Quote.Fee, await network.TokensOfAsync(network.Receiver) - before);
        Assert.Equal(Amount.Zero, await network.TokensOfAsync(copycat.Address));
        // The consumer paid once, and has the rest.
        Assert.Equal(
            Enough - quote.Quote.Fee, await network.TokensOfAsync(network.Chain.Profile.ChannelOf(consumer.Address)));
    }

    [Fact]
    public async Task A_quote_holds_while_gas_grows_dearer_and_not_after_its_end()
    {
        using var held = PrivateKey.Generate();
        using var late = PrivateKey.Generate();
        foreach (var key in new[] { held, late }) await network.TopUpAsync(key.Address, DemoScale.RegistrationFee + Enough);
        await network.Chain.Anvil.SetNextBaseFeeAsync((long)Gwei);
        await network.Chain.Anvil.MineAsync();

        var quote = await network.Api.GetQuoteAsync(new JobShape(JobKind.Register));
        await network.Chain.Anvil.SetNextBaseFeeAsync((long)(100 * Gwei));
        await network.Chain.Anvil.MineAsync();
        Assert.Equal(JobState.Accepted, (await network.Api.RegisterAsync(Bytes32.FromUInt128(1), Sign(held, quote), quote)).State);

        await network.HoldsAsync("the quote is over", () => Task.FromResult(
            TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() > (long)quote.Quote.ValidUntil));
        var refused = await Assert.ThrowsAsync<JobRefusedException>(
            () => network.Api.RegisterAsync(Bytes32.FromUInt128(2), Sign(late, quote), quote));
        Assert.Equal(JobReason.QuoteExpired, refused.Reason);
        // The same job once more is still the same job, though its quote is over too.
        await network.HoldsAsync("the held quote's job is over", async () =>
            (await network.Api.RegisterAsync(Bytes32.FromUInt128(1), Sign(held, quote), quote)) is { State: JobState.Confirmed });
        Assert.False(await network.IsRegisteredAsync(late.Address));
    }

    private SignedRegistration Sign(PrivateKey key, MakerQuote quote) => SignedRegistration.Sign(
        network.Chain.Profile, key, FarFuture, fee: quote.Quote.Fee, transactionMaker: quote.TransactionMaker);
}
