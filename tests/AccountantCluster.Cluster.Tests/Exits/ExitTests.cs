using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Consumers that leave, with the operator's consent or without (protocol §4 rule 5, §6).</summary>
public sealed class ExitTests : IDisposable
{
    private static readonly Address Beneficiary = Keys.Next().Address;

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_the_operator_signed_cannot_be_spent_after_a_crash_either()
    {
        var consent = Consent(700);
        ConsentAnswer first;
        await using (var cluster = await ClusterUnderTest.StartAsync(_folder.Path))
        {
            await cluster.DepositAsync(_consumer, 1_000);
            first = await ConsentAsync(cluster, consent);
            Assert.Equal(RejectionReason.None, first.Reason);
            var digest = Accountant.Domain.Digest(consent.For(_consumer.Channel));
            Assert.True(Curve.Default.TryRecover(digest, first.Signature!.Value, out var signer));
            Assert.Equal(Accountant.OperatorKey.Address, signer);
            await cluster.CrashAsync();
        }

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);
        Assert.Equal(first, await ConsentAsync(restarted, consent));
        Assert.Equal(RejectionReason.ChannelExiting, (await ConsentAsync(restarted, Consent(1))).Reason);
        Assert.Equal(RejectionReason.Overspend, await PayAsync(restarted, 301));
        Assert.Equal(RejectionReason.None, await PayAsync(restarted, 300));
        var overview = await restarted.DescribeAsync(_consumer);
        Assert.Equal((new Amount(300), new Amount(700)), (overview.Deposited, overview.Consented));

        await restarted.ObserveAsync(_consumer, TestConsumer.Deposited(300, block: 2) with { Nonce = 1 });
        overview = await restarted.DescribeAsync(_consumer);
        Assert.Equal((new Amount(300), Amount.Zero), (overview.Deposited, overview.Consented));
    }

    [Fact]
    public async Task What_is_promised_is_not_consented_to()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        await cluster.DepositAsync(_consumer, 1_000);
        await PayAsync(cluster, 301);
        Assert.Equal(new ConsentAnswer(RejectionReason.Overspend, Signature: null), await ConsentAsync(cluster, Consent(700)));
        Assert.Equal(new Amount(1_000), (await cluster.DescribeAsync(_consumer)).Deposited);
    }

    [Fact]
    public async Task An_exit_request_counts_from_its_first_sight_to_its_confirmed_end()
    {
        await using (var cluster = await ClusterUnderTest.StartAsync(_folder.Path))
        {
            await cluster.DepositAsync(_consumer, 1_000);
            Assert.True(await cluster.Facts.ObserveExitRequestAsync(_consumer.Channel, block: 5, Accountant.Deadline, default));
            Assert.Equal(RejectionReason.ChannelExiting, await PayAsync(cluster, 1));
            await cluster.CrashAsync();
        }

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);
        await restarted.ObserveAsync(_consumer, TestConsumer.Deposited(1_000, block: 4));
        Assert.Equal(RejectionReason.ChannelExiting, await PayAsync(restarted, 1));
        Assert.True((await restarted.DescribeAsync(_consumer)).Exiting);
        await restarted.ObserveAsync(_consumer, TestConsumer.Deposited(1_000, block: 5));
        Assert.Equal(RejectionReason.None, await PayAsync(restarted, 1));
    }

    private static ExitConsent Consent(UInt128 amount) => new(
        Beneficiary, new Amount(amount), Nonce: 0, (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3_600);

    private Task<ConsentAnswer> ConsentAsync(ClusterUnderTest cluster, ExitConsent consent) =>
        cluster.Exits.ConsentAsync(_consumer.Channel, consent, Accountant.Deadline, default);

    private async Task<RejectionReason> PayAsync(ClusterUnderTest cluster, UInt128 total)
    {
        var answer = await cluster.ExchangeAsync(_provider.Batch(_consumer.Promise(total, _provider.Hashlock(0), _provider, total)));
        return answer.Promises[0].Reason;
    }
}
