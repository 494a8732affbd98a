using AccountantCluster.Client.Providers;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Opening;

/// <summary>An accountant that sends what it holds, because the risk is its own.</summary>
public sealed class RegisteringTests(RegisteringNetwork network) : IClassFixture<RegisteringNetwork>
{
    private static readonly Amount Paid = new(60_000);

    [Fact]
    public async Task Who_has_promised_is_registered_and_collected_without_anybody_else()
    {
        using var consumer = new NewConsumer(network);
        await using var provider = await consumer.BeginProviderAsync(1);
        await consumer.OpenAsync(new Amount(1_000_000));
        Assert.Equal(PaymentStatus.Accepted, (await consumer.PayAsync(provider, Paid)).Status);

        Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, "the last R is revealed"));
        await network.HoldsAsync("the node registers its consumer", consumer.IsRegisteredAsync);
        await network.HoldsAsync("what was promised is collected", async () =>
            (await consumer.Reads.ReadConsumerAsync(consumer.Consumer.Party.Identity)).Settled == Paid);
    }
}
