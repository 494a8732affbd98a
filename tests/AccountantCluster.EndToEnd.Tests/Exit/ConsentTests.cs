using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Payments;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Exit;

/// <summary>Consumers that leave with the operator's consent: an exact amount, at once, and not a unit of what is promised.</summary>
public sealed class ConsentTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    private const ulong Hour = 3_600;
    private const int Payments = 10;

    private static readonly Hashlock Hashlock = new Preimage(Keccak256.Hash("an R that is never shown"u8)).ToHashlock();
    private static readonly Amount Promised = new(1_000);
    private static readonly Amount Leaving = new(999_900_000);
    private static readonly Amount Left = DemoScale.Deposit - Leaving;

    [Fact]
    public async Task What_both_sides_signed_is_paid_at_once_and_promises_go_on_within_what_is_left()
    {
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        using var provider = PrivateKey.Generate();
        await using var stream = await network.OpenStreamAsync(provider);
        Pay(consumer, provider, Promised);
        Assert.Equal(Wire.RejectionReason.Unspecified, await OfferAsync(stream, consumer, provider, Promised));
        var beneficiary = PrivateKey.Generate().Address;

        var more = await Assert.ThrowsAsync<PaymentRefusedException>(
            () => AskAsync(consumer, beneficiary, DemoScale.Deposit - Promised + new Amount(1)));
        Assert.Equal(PaymentRefusal.DepositTooSmall, more.Reason);
        var exit = await AskAsync(consumer, beneficiary, Leaving);
        // Neither side spends it meanwhile: the SDK does not sign it, and the accountant does not take what somebody else's SDK signs.
        Assert.Throws<PaymentRefusedException>(() => Pay(consumer, provider, Left + new Amount(1)));
        Assert.Equal(Wire.RejectionReason.Overspend, await OfferAsync(stream, consumer, provider, Left + new Amount(1)));
        // The same again is signed the same; another one is not signed before this one is over.
        Assert.Equal(exit, await AskAsync(consumer, beneficiary, Leaving));

        var paid = await new ExitPayment(network.Chain.Client, network.Chain.Profile)
            .SendAsync(consumer.Party.Identity, exit, network.Chain.TransactionMaker).WithinAsync(network, "the exit is mined");
        Assert.Equal((beneficiary, Leaving), (paid.Beneficiary, paid.Paid));
        Assert.Equal(Leaving, await network.Chain.Token.GetBalanceAsync(beneficiary, BlockReference.Latest));
        await network.HoldsAsync("the node sees what is left", async () =>
            (await network.Api.GetChannelAsync(consumer.Party.Key)).Consumer?.Deposited == Left);

        await ReadChainAsync(consumer);
        Assert.Null(consumer.Account.Exit);
        Assert.Equal(Left, consumer.Account.Deposited);
        Assert.Equal(Wire.RejectionReason.Overspend, await OfferAsync(stream, consumer, provider, Left + new Amount(1)));
        Assert.Equal(Wire.RejectionReason.Unspecified, await OfferAsync(stream, consumer, provider, Left));
    }

    [Fact]
    public async Task A_consent_that_was_not_used_in_its_time_can_be_promised_again()
    {
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        using var provider = PrivateKey.Generate();
        await using var stream = await network.OpenStreamAsync(provider);
        var exit = await AskAsync(consumer, consumer.Party.Identity, Leaving);
        Assert.Equal(Wire.RejectionReason.Overspend, await OfferAsync(stream, consumer, provider, Left + new Amount(1)));

        await network.Chain.Anvil.AdvanceTimeAsync(TimeSpan.FromSeconds(2 * Hour)).WithinAsync(network, "the chain's clock moves");
        // News of the channel itself, so that this does not wait for the node to tell the time alone.
        await network.TopUpAsync(consumer.Party, new Amount(1));
        await network.HoldsAsync("what was held back can be promised again", async () =>
            await OfferAsync(stream, consumer, provider, Left + new Amount(1)) == Wire.RejectionReason.Unspecified);
        await ReadChainAsync(consumer);
        Assert.Null(consumer.Account.Exit);
        await Assert.ThrowsAnyAsync<EthereumException>(() => new ExitPayment(network.Chain.Client, network.Chain.Profile)
            .SendAsync(consumer.Party.Identity, exit, network.Chain.TransactionMaker));
    }

    [Fact]
    public async Task By_command_it_leaves_while_payments_stream_and_in_the_end_with_all_that_it_has_not_promised()
    {
        await using var leaving = await LeavingConsumer.BeginAsync(network);
        var (account, tally, part) = (leaving.Consumer.Account, new PaymentTally(), new Amount(400_000_000));
        using var stop = new CancellationTokenSource();
        var paying = new ServiceSession(leaving.Consumer, leaving.Provider, tally).RunAsync(stop.Token, CancellationToken.None);
        await leaving.AcceptedAsync(tally, Payments, paying);
        var paid = await leaving.RunAsync("channel", "exit", "--amount", $"{part}", "--to", $"{leaving.Beneficiary}");
        Assert.Equal($"{part}", paid.GetProperty("paid").GetString());
        // It goes on, from what is left.
        await leaving.AcceptedAsync(tally, tally.Accepted + Payments, paying);
        await stop.CancelAsync();
        await paying.WithinAsync(network, "the payment that has begun is accepted");
        Assert.True(await leaving.Provider.Account.CloseSessionAsync().WithinAsync(network, "the last R is revealed"));

        Assert.Contains("Nothing was signed", await leaving.FailAsync(leaving.Key, "channel", "exit", "--amount", $"{DemoScale.Deposit}"));
        // The command's books are another device's: how much is promised it hears from the accountant, and verifies.
        var rest = await leaving.RunAfterExitAsync("channel", "exit", "--to", $"{leaving.Beneficiary}");
        var left = DemoScale.Deposit - part - account.Promised;
        Assert.Equal(($"{left}", "0"), (rest.GetProperty("paid").GetString(), rest.GetProperty("spendable").GetString()));
        Assert.Equal(part + left, await leaving.LeftAsync());
        await leaving.CollectedAsync(account.Promised);
    }

    // Within the hour by the chain's clock, which tests move, and by the node's.
    private async Task<ConsentedExit> AskAsync(DemoConsumer consumer, Address beneficiary, Amount amount)
    {
        var profile = network.Chain.Profile;
        if (consumer.Account.Exit is { Message: var asked })
            return await consumer.Account.ExitAsync(network.Api, OnChain, asked.Beneficiary, asked.Amount, asked.Nonce, asked.Deadline);
        var channel = await new ChannelReads(network.Chain.Client, profile).ReadConsumerAsync(consumer.Party.Identity);
        var block = (await network.Chain.Client.GetBlockAsync(BlockReference.Latest))!;
        var now = (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return await consumer.Account.ExitAsync(
            network.Api, OnChain, beneficiary, amount, channel.Nonce, Math.Max(now, block.Timestamp) + Hour);
    }

    private AccountantOnChain OnChain => new(network.Chain.Client, network.Chain.Profile.Accountant);

    private async Task ReadChainAsync(DemoConsumer consumer)
    {
        var block = (await network.Chain.Client.GetBlockAsync(BlockReference.Latest))!;
        var channel = await new ChannelReads(network.Chain.Client, network.Chain.Profile).ReadConsumerAsync(consumer.Party.Identity, block);
        consumer.Account.SetDeposited(channel.Balance + channel.Settled, channel.Nonce, block.Timestamp);
    }

    private static SignedPromise Pay(DemoConsumer consumer, PrivateKey provider, Amount total) =>
        consumer.Account.Pay(new Invoice(provider.Address, AgreementId.From(1), total, Hashlock), provider.Address, total);

    // Signed by hand: whatever the SDK thinks of it. Below the exposure limit.
    private async Task<Wire.RejectionReason> OfferAsync(RawStream stream, DemoConsumer consumer, PrivateKey provider, Amount total)
    {
        var profile = network.Chain.Profile;
        var agreement = new Agreement(provider.Address, AgreementId.From(1), total);
        var message = new ConsumerPromise(ChannelId.OfConsumer(profile.ChannelOf(consumer.Party.Identity)), total, Hashlock, agreement);
        var promise = new SignedPromise(
            consumer.Party.Identity, total, Hashlock, agreement, Curve.Default.Sign(profile.Domain.Digest(message), consumer.Party.Key));
        var batch = new Wire.Batch();
        batch.Promises.Add(promise.ToWire());
        return (await stream.ExchangeAsync(batch)).Promises[0].Reason;
    }
}
