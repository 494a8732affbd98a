using AccountantCluster.Edge.Tests.Support;

namespace AccountantCluster.Edge.Tests.Exchange;

public class CoverTests
{
    [Fact]
    public async Task A_consumer_hands_in_its_own_cover_and_no_provider_can()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var consumer = await edge.OpenAsync(TestKeys.Alice);
        using var provider = await edge.OpenAsync(TestKeys.Provider);
        var cover = Promises.SignCover(TestKeys.Alice, 100);

        var refused = await provider.ExchangeAsync(1, cover);
        var accepted = await consumer.ExchangeAsync(1, cover);

        Assert.Equal(Wire.RejectionReason.WrongProvider, refused.Promises[0].Reason);
        Assert.Equal(Wire.RejectionReason.Unspecified, accepted.Promises[0].Reason);
        var handedOver = Assert.Single(edge.Exchange.Requests, request => request.Promises.Count == 1);
        Assert.True(handedOver.Promises[0].IsCover);
        Assert.Equal(TestKeys.Alice.Address, handedOver.Provider);
    }
}
