using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AccountantCluster.Edge.Tests.Exchange;

/// <summary>Junk is refused by the cheapest check, and does not hurt anybody else.</summary>
public class JunkTests(ITestOutputHelper output)
{
    private const long MemoryBound = 64 * 1024 * 1024;

    [Fact]
    public async Task Who_hands_in_bad_promises_is_refused_before_they_are_verified_until_time_has_passed()
    {
        var limits = new EdgeLimits { BadPromisesPerIdentity = 4, BadPromisesForgivenPerSecond = 1 };
        await using var edge = await EdgeUnderTest.StartAsync(limits);
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        using var other = await edge.OpenAsync(TestKeys.OtherProvider);
        var bad = await stream.ExchangeAsync(1, [.. Enumerable.Range(0, 100).Select(_ => Bad())]);
        Assert.All(bad.Promises, result => Assert.Equal(Wire.RejectionReason.InvalidSignature, result.Reason));

        // A good one too, on every stream of the identity; nobody else's.
        using var second = await edge.OpenAsync(TestKeys.Provider);
        foreach (var own in new[] { stream, second })
            Assert.Equal(Wire.RejectionReason.LimitExceeded, (await own.ExchangeAsync(2, Promises.Sign(TestKeys.Alice))).Reason);
        var theirs = Promises.Sign(TestKeys.Bob, provider: TestKeys.OtherProvider);
        Assert.NotNull((await other.ExchangeAsync(1, theirs)).Promise);

        edge.Time.Ahead = TimeSpan.FromSeconds(100);
        Assert.NotNull((await stream.ExchangeAsync(3, Promises.Sign(TestKeys.Alice))).Promise);
    }

    [Fact]
    public void Those_who_misbehave_are_remembered_in_bounded_memory()
    {
        var bad = new BadPromises(new EdgeLimits { BadIdentities = 100 }, new SettableTime());
        for (var i = 0; i < 1_000; i++) bad.Add(TestKeys.Named($"junk {i}").Address, 2_000);
        Assert.True(bad.Count <= 100, $"{bad.Count} are remembered");
        Assert.True(bad.IsRefused(TestKeys.Named("junk 999").Address));
        Assert.False(bad.IsRefused(TestKeys.Provider.Address));
    }

    [Fact]
    public async Task A_connection_with_too_many_bad_calls_is_closed()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { BadCallsPerConnection = 5 });
        var connections = 0;
        using var channel = GrpcChannel.ForAddress(edge.Address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = async (context, cancellation) =>
                {
                    Interlocked.Increment(ref connections);
                    var socket = new System.Net.Sockets.Socket(
                        System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                    await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                    return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
                },
            },
            DisposeHttpClient = true,
        });
        var client = new Wire.ExchangeService.ExchangeServiceClient(channel);
        for (var i = 0; i < 20; i++) await Assert.ThrowsAsync<RpcException>(async () => await client.GetChannelAsync(new()));
        Assert.InRange(connections, 3, 5);
        // A client that makes no bad calls keeps its connection.
        var before = connections;
        for (var i = 0; i < 20; i++) await client.GetTermsAsync(new(), cancellationToken: edge.Patience);
        Assert.InRange(connections, before, before + 1);
    }

    [Fact]
    public async Task A_flood_of_junk_leaves_memory_flat_and_honest_traffic_served()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var honest = await edge.OpenAsync(TestKeys.Provider);
        var calm = await ServeAsync(honest, first: 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(edge.Patience);
        var flood = new List<Task<int>>();
        for (var i = 0; i < 6; i++) flood.Add(FloodStreamAsync(edge, TestKeys.Named($"flood {i}"), end.Token));
        for (var i = 0; i < 4; i++) flood.Add(FloodCallsAsync(edge, end.Token));
        var stormy = await ServeAsync(honest, first: Batches);
        var during = GC.GetTotalMemory(forceFullCollection: true);
        await end.CancelAsync();
        var junk = await Task.WhenAll(flood);

        output.WriteLine($"calm:  p50 {calm[calm.Length / 2]:F1} ms, p99 {calm[^2]:F1} ms, {before / 1024} KiB");
        output.WriteLine($"flood: p50 {stormy[stormy.Length / 2]:F1} ms, p99 {stormy[^2]:F1} ms, {during / 1024} KiB");
        output.WriteLine($"{junk.Sum()} pieces of junk");
        Assert.True(junk.Sum() > 100, $"only {junk.Sum()} pieces of junk");
        Assert.True(during - before < MemoryBound, $"memory grew from {before} to {during} bytes");
        Assert.Equal(0, edge.Services.GetRequiredService<VerificationPool>().Waiting);
    }

    private const int Batches = 100;

    private static Wire.ConsumerPromise Bad()
    {
        var promise = Promises.Sign(TestKeys.Alice);
        promise.Amount = Promises.Number(101);
        return promise;
    }

    // Milliseconds per batch of eight, ascending. Every promise is accepted.
    private static async Task<double[]> ServeAsync(StreamUnderTest honest, int first)
    {
        var times = new List<double>();
        for (var i = 0; i < Batches; i++)
        {
            var promises = Enumerable.Range(1, 8).Select(k => (ulong)((((first + i) * 8) + k) * 10))
                .Select(total => Promises.Sign(TestKeys.Alice, amount: total, total: total)).ToArray();
            var begin = TimeProvider.System.GetTimestamp();
            var answer = await honest.ExchangeAsync((ulong)(first + i), promises);
            times.Add(TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
            Assert.All(answer.Promises, result => Assert.Equal(Wire.RejectionReason.Unspecified, result.Reason));
        }
        return [.. times.Order()];
    }

    private static async Task<int> FloodStreamAsync(EdgeUnderTest edge, PrivateKey identity, CancellationToken end)
    {
        var sent = 0;
        var batch = new Wire.Batch { Promises = { Enumerable.Repeat(Bad(), 256) } };
        try
        {
            using var stream = await edge.OpenAsync(identity, end);
            while (!end.IsCancellationRequested)
            {
                await stream.ExchangeAsync(batch);
                sent += 256;
            }
        }
        catch (Exception exception) when (exception is RpcException or OperationCanceledException)
        {
            // The end.
        }
        return sent;
    }

    // By turns: no session, a forged one, bytes that are no message.
    private static async Task<int> FloodCallsAsync(EdgeUnderTest edge, CancellationToken end)
    {
        var sent = 0;
        var noise = new byte[4_096];
        Array.Fill(noise, (byte)0xff);
        while (!end.IsCancellationRequested)
        {
            try
            {
                if (sent++ % 2 == 0) await RawCalls.Exchange(edge, noise);
                else await edge.Client.GetChannelAsync(new() { Session = Forged() }, cancellationToken: end);
            }
            catch (Exception exception) when (exception is RpcException or OperationCanceledException)
            {
                // Refused.
            }
        }
        return sent;
    }

    private static Wire.Session Forged() => new()
    {
        Provider = ByteString.CopyFrom(new byte[20]),
        Challenge = ByteString.CopyFrom(new byte[32]),
        Signature = ByteString.CopyFrom(new byte[65]),
    };
}
