using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Whoever names identities that nobody knows does not fill the node with their channels.</summary>
public sealed class StrangersTests(RunningCluster running) : IClassFixture<RunningCluster>
{
    private const int Flood = 500;

    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();

    private ClusterUnderTest Cluster => running.Cluster;

    [Fact]
    public async Task A_flood_of_strangers_is_soon_forgotten_and_the_known_stay()
    {
        await Cluster.DepositAsync(_consumer, 1_000);
        var strangers = Enumerable.Range(0, Flood).Select(_ => new TestConsumer()).ToArray();
        var promises = strangers.Select(stranger => stranger.Promise(1, _provider.Hashlock(0), _provider, 1))
            .Append(_consumer.Promise(1, _provider.Hashlock(0), _provider, 1));
        var answer = await Cluster.ExchangeAsync(_provider.Batch([.. promises]));
        Assert.All(answer.Promises.Take(Flood), outcome => Assert.Equal(RejectionReason.UnknownChannel, outcome.Reason));
        Assert.Equal(RejectionReason.None, answer.Promises[Flood].Reason);
        await Task.WhenAll(strangers.Select(
            stranger => Cluster.Exchange.GetProviderAsync(stranger.Identity, Accountant.Deadline, default)));

        var (consumer, provider) = (_consumer.Channel.ToString()[2..], _provider.Identity.ToString()[2..]);
        await Eventually.BecomesAsync(() => AwakeAsync(Cluster.Consumers), awake => awake == consumer);
        await Eventually.BecomesAsync(() => AwakeAsync(Cluster.Providers), awake => awake == provider);

        // Asleep, not dead; and a stranger who registers is one no more.
        Assert.NotNull(await Cluster.Exchange.GetConsumerAsync(strangers[0].Channel, Accountant.Deadline, default));
        await Cluster.DepositAsync(strangers[0], 1_000);
        await Cluster.DescribeAsync(strangers[1]);
        string[] both = [consumer, strangers[0].Channel.ToString()[2..]];
        await Eventually.BecomesAsync(
            () => AwakeAsync(Cluster.Consumers), awake => awake == string.Join(' ', both.Order(StringComparer.Ordinal)));
    }

    // The entities that are awake, in order.
    private static async Task<string> AwakeAsync(IActorRef region)
    {
        var state = await region.Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Accountant.Deadline);
        return string.Join(' ', state.Shards.SelectMany(shard => shard.EntityIds).Order(StringComparer.Ordinal));
    }
}
