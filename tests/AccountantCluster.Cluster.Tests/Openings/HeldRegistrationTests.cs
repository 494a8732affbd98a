using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Consumer channels that hold a registration (paper §4.7): durable, and gone once registered.</summary>
public sealed class HeldRegistrationTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_promised_before_registration_stands_after_a_crash_and_is_signed()
    {
        var opening = _consumer.Opening(Hour, fee: 3);
        await using (var cluster = await ClusterUnderTest.StartAsync(_folder.Path))
        {
            Assert.Equal(RejectionReason.UnknownChannel, await PayAsync(cluster, 1));
            Assert.Equal(new OpeningAnswer(RejectionReason.None, Amount.Zero), await HoldAsync(cluster, opening));
            Assert.Equal([new HeldOpening(_consumer.Channel, opening)], cluster.Reports.Openings.Take());
            Assert.Equal(RejectionReason.UnknownChannel, await PayAsync(cluster, 1));
            await cluster.ObserveAsync(_consumer, TestConsumer.Unregistered(tokens: 1_000, granted: 50));
            Assert.Equal(RejectionReason.Overspend, await PayAsync(cluster, 51));
            Assert.Equal(RejectionReason.None, await PayAsync(cluster, 30));
            await cluster.CrashAsync();
        }

        await using var restarted = await ClusterUnderTest.StartAsync(_folder.Path);
        Assert.Equal(new OpeningAnswer(RejectionReason.None, new Amount(50)), await HoldAsync(restarted, opening));
        var overview = await restarted.DescribeAsync(_consumer);
        Assert.Equal(
            (false, new Amount(50), new Amount(30), opening.Deadline),
            (overview.Registered, overview.Deposited, overview.Promised, overview.OpeningDeadline));
        Assert.Equal(RejectionReason.AlreadyCovered, await PayAsync(restarted, 30));
        Assert.Equal(RejectionReason.None, await PayAsync(restarted, 50));
        Assert.Equal(new Amount(50), (await restarted.DescribeAsync(_provider)).Gross);

        await restarted.ObserveAsync(_consumer, TestConsumer.Deposited(990, block: 2));
        Assert.Equal(new OpeningAnswer(RejectionReason.AlreadyCovered, new Amount(990)), await HoldAsync(restarted, opening));
        Assert.Equal(0UL, (await restarted.DescribeAsync(_consumer)).OpeningDeadline);
        Assert.Equal(RejectionReason.None, await PayAsync(restarted, 990));
    }

    [Fact]
    public async Task A_drained_address_takes_nothing_back_and_lets_nothing_new_in()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        await HoldAsync(cluster, _consumer.Opening(Hour));
        await cluster.ObserveAsync(_consumer, TestConsumer.Unregistered(tokens: 1_000, granted: 50));
        Assert.Equal(RejectionReason.None, await PayAsync(cluster, 50));
        await cluster.ObserveAsync(_consumer, TestConsumer.Deposited(0, block: 2));

        Assert.Equal(RejectionReason.Overspend, await PayAsync(cluster, 51));
        var answer = await cluster.ExchangeAsync(_provider.Batch(Promise(50)));
        Assert.Equal(RejectionReason.AlreadyCovered, answer.Promises[0].Reason);
        Assert.NotNull(answer.Promise);
    }

    [Fact]
    public async Task What_cannot_be_mined_in_time_leaves_no_trace()
    {
        await using var cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        Assert.Equal(RejectionReason.Malformed, (await HoldAsync(cluster, _consumer.Opening(TimeSpan.FromMinutes(1)))).Reason);
        Assert.Equal(RejectionReason.LimitExceeded, (await HoldAsync(cluster, _consumer.Opening(TimeSpan.FromDays(2)))).Reason);
        Assert.Equal(0UL, (await cluster.DescribeAsync(_consumer)).OpeningDeadline);
        Assert.Empty(cluster.Reports.Openings.Take());
    }

    private Task<OpeningAnswer> HoldAsync(ClusterUnderTest cluster, Opening opening) =>
        cluster.Openings.HoldAsync(_consumer.Channel, opening, Accountant.Deadline, default);

    private Channels.VerifiedPromise Promise(UInt128 total) => _consumer.Promise(total, _provider.Hashlock(0), _provider, total);

    private async Task<RejectionReason> PayAsync(ClusterUnderTest cluster, UInt128 total) =>
        (await cluster.ExchangeAsync(_provider.Batch(Promise(total)))).Promises[0].Reason;
}
