using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Exit;

/// <summary>A consumer that takes its deposit back on chain spends nothing of it meanwhile.</summary>
public sealed class ExitTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    // Notice and lapse are 11 days together.
    private static readonly TimeSpan UntilLapsed = TimeSpan.FromDays(12);
    private static readonly TimeSpan Notice = TimeSpan.FromDays(4);

    private const int Payments = 10;
    private static readonly Amount Payment = new(1_000);

    [Fact]
    public async Task A_channel_whose_consumer_wants_to_leave_is_refused_until_the_request_has_lapsed()
    {
        using var consumer = (await network.AddConsumersAsync(1, DemoScale.Deposit))[0];
        using var provider = PrivateKey.Generate();
        await using var stream = await network.OpenStreamAsync(provider);
        var spending = new Spending(consumer, provider.Address, stream);
        Assert.Equal(Wire.RejectionReason.Unspecified, await spending.SpendAsync());

        await network.RequestExitAsync(consumer);
        await network.HoldsAsync("the exit request stops the channel", async () => await spending.SpendAsync() == Wire.RejectionReason.ChannelExiting);
        Assert.Equal(Wire.RejectionReason.ChannelExiting, await spending.SpendAsync());

        await network.Chain.Anvil.AdvanceTimeAsync(UntilLapsed).WithinAsync(network, "the chain's clock moves");
        await network.HoldsAsync("the lapsed request lets it spend again", async () => await spending.SpendAsync() == Wire.RejectionReason.Unspecified);
    }

    [Fact]
    public async Task Who_leaves_by_command_while_promises_stream_takes_exactly_what_it_has_not_promised()
    {
        await using var leaving = await LeavingConsumer.BeginAsync(network);
        var (account, tally) = (leaving.Provider.Account, new PaymentTally());
        var paying = PayUntilRefusedAsync(leaving, tally);
        await leaving.AcceptedAsync(tally, Payments, paying);
        await leaving.RunAsync("channel", "exit", "request", "--to", $"{leaving.Beneficiary}");
        Assert.Equal(RejectionReason.ChannelExiting, await paying.WithinAsync(network, "the accountant accepts nothing more"));

        // What was refused is lost to the provider, and nothing else is.
        account.WriteOff(leaving.Consumer.Party.Identity);
        Assert.True(await account.CloseSessionAsync().WithinAsync(network, "the last R is revealed"));
        var promised = new Amount((ulong)tally.Accepted * (ulong)Payment.Units);
        Assert.Equal(promised, account.Status.Gross);
        await leaving.CollectedAsync(promised);
        Assert.Contains(
            "can be finalised from", await leaving.FailAsync(leaving.Sender, "channel", "exit", "finalize", "--identity", leaving.Key));

        await network.Chain.Anvil.AdvanceTimeAsync(Notice).WithinAsync(network, "the notice is over");
        var left = await leaving.SendAsync("channel", "exit", "finalize", "--identity", leaving.Key);
        Assert.Equal($"{DemoScale.Deposit - promised}", left.GetProperty("paid").GetString());
        Assert.Equal(DemoScale.Deposit - promised, await leaving.LeftAsync());
    }

    // The consumer's SDK is not told of the request: it is the accountant that stops it.
    private static async Task<RejectionReason> PayUntilRefusedAsync(LeavingConsumer leaving, PaymentTally tally)
    {
        var (account, consumer) = (leaving.Provider.Account, leaving.Consumer);
        var agreement = account.OpenAgreement(consumer.Party.Identity);
        while (true)
        {
            var outcome = await account.ReceiveAsync(Pay(await account.InvoiceAsync(agreement, Payment)));
            while (outcome.Status == PaymentStatus.Late)
                outcome = await account.ReceiveAsync(Pay(await account.InvoiceAgainAsync(agreement)));
            if (outcome.Rejection is { } rejection) return rejection.Reason;
            Assert.Equal(PaymentStatus.Accepted, outcome.Status);
            tally.Accept();
        }

        SignedPromise Pay(Invoice invoice) => consumer.Account.Pay(invoice, account.Identity, Payment);
    }

    // Every call asks for one unit more than what was accepted.
    private sealed class Spending(DemoConsumer consumer, Address provider, RawStream stream)
    {
        private static readonly Hashlock Hashlock = new Preimage(Keccak256.Hash("an R that is never shown"u8)).ToHashlock();

        private UInt128 _total;
        private Wire.Batch? _refused;

        public async Task<Wire.RejectionReason> SpendAsync()
        {
            var batch = _refused ?? Next();
            var reason = (await stream.ExchangeAsync(batch)).Promises[0].Reason;
            _refused = reason == Wire.RejectionReason.Unspecified ? null : batch;
            return reason;
        }

        private Wire.Batch Next()
        {
            var total = new Amount(++_total);
            var batch = new Wire.Batch();
            batch.Promises.Add(consumer.Account.Pay(new Invoice(provider, AgreementId.From(1), total, Hashlock), provider, total).ToWire());
            return batch;
        }
    }
}
