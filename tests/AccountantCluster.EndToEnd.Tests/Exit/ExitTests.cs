using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Exit;

/// <summary>A consumer that takes its deposit back on chain spends nothing of it meanwhile.</summary>
public sealed class ExitTests(LiveNetwork network) : IClassFixture<LiveNetwork>
{
    // Notice and lapse are 11 days together.
    private static readonly TimeSpan UntilLapsed = TimeSpan.FromDays(12);

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
