using AccountantCluster.Edge.Tests.Support;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Exchange;

public class GetChannelTests
{
    [Fact]
    public async Task A_consumer_sees_its_own_channel_and_its_latest_promise()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var promise = Promises.Sign(TestKeys.Alice, amount: 150, total: 120);
        await stream.ExchangeAsync(1, promise, Promises.Sign(TestKeys.Bob, amount: 7, total: 7));

        var channel = await GetAsync(edge, TestKeys.Alice);

        Assert.Equal(Promises.ChannelOf(TestKeys.Alice).ToArray(), channel.Consumer.Channel.ToByteArray());
        Assert.Equal((Promises.Number(150), Promises.Number(120)), (channel.Consumer.Promised, channel.Consumer.Credited));
        Assert.Equal(Promises.Number(1_000_000), channel.Consumer.Deposited);
        Assert.Equal(promise, channel.Consumer.LatestPromise);
        Assert.Equal(
            (Promises.Number(9), true, true, 10UL),
            (channel.Consumer.Consented, channel.Consumer.Frozen, channel.Consumer.Exiting, channel.Consumer.Block));
        Assert.Null(channel.Provider.LatestPromise);
    }

    [Fact]
    public async Task A_provider_sees_its_own_channel_and_nobody_elses()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        var position = new Wire.ChainPosition { Instance = ulong.MaxValue, Window = 65_535 };
        var answer = await stream.ExchangeAsync(new Wire.Batch { Promises = { Promises.Sign(TestKeys.Alice) }, Position = position });

        var own = await GetAsync(edge, TestKeys.Provider);
        var others = await GetAsync(edge, TestKeys.OtherProvider);

        Assert.Null(own.Consumer);
        Assert.Equal(answer.Promise, own.Provider.LatestPromise);
        Assert.Equal(position, own.Provider.LatestPosition);
        Assert.Equal((Promises.Number(100), Promises.Number(100)), (own.Provider.Gross, own.Provider.Promised));
        Assert.Equal(
            (Promises.Number(3), Promises.Number(4), Promises.Number(5)),
            (own.Provider.Settled, own.Provider.Balance, own.Provider.Loan));
        Assert.Equal(
            (Promises.Number(6), Promises.Number(7), 8UL), (own.Provider.Fees, own.Provider.Settleable, own.Provider.Block));
        Assert.Null(others.Provider.LatestPromise);
        Assert.Empty(others.Provider.Gross);
    }

    [Fact]
    public async Task Without_the_identitys_signature_nothing_is_told()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var session = await edge.SignUnaryAsync(TestKeys.Bob);
        session.Provider = Google.Protobuf.ByteString.CopyFrom(TestKeys.Alice.Address.ToArray());

        var exception = await Assert.ThrowsAsync<RpcException>(async () =>
            await edge.Client.GetChannelAsync(new() { Session = session }, cancellationToken: edge.Patience));

        StreamUnderTest.AssertRefused(exception, StatusCode.Unauthenticated, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_channel_that_does_not_answer_is_to_be_asked_again()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        edge.Exchange.Answers = false;

        var exception = await Assert.ThrowsAsync<RpcException>(() => GetAsync(edge, TestKeys.Alice));

        StreamUnderTest.AssertRefused(exception, StatusCode.Unavailable, "OUTCOME_UNKNOWN");
    }

    private static async Task<Wire.GetChannelResponse> GetAsync(EdgeUnderTest edge, Protocol.PrivateKey identity) =>
        await edge.Client.GetChannelAsync(new() { Session = await edge.SignUnaryAsync(identity) }, cancellationToken: edge.Patience);
}
