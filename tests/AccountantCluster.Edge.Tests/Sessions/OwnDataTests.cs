using AccountantCluster.Edge.Tests.Support;
using Grpc.Core;

namespace AccountantCluster.Edge.Tests.Sessions;

/// <summary>A caller speaks for itself and reads its own data only, whichever call it makes.</summary>
public class OwnDataTests
{
    [Fact]
    public void Every_call_is_looked_at_here()
    {
        // Terms and challenges are for everybody; a new call must be thought about, and tested below.
        string[] forEverybody = ["CreateChallenge", "GetTerms"];
        string[] withSession = ["Exchange", "ExchangeStream", "GetChannel"];
        var calls = Wire.ExchangeService.Descriptor.Methods.Select(method => method.Name).Order(StringComparer.Ordinal);
        Assert.Equal(forEverybody.Concat(withSession).Order(StringComparer.Ordinal), calls);
    }

    [Fact]
    public async Task Nobody_speaks_in_anothers_name()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        await RefusedAsync(async () => await edge.Client.ExchangeAsync(
            new() { Session = await StealAsync(edge), Batch = new() }, cancellationToken: edge.Patience));
        await RefusedAsync(async () => await edge.Client.GetChannelAsync(
            new() { Session = await StealAsync(edge) }, cancellationToken: edge.Patience));
        await RefusedAsync(async () => await edge.Client.ExchangeAsync(new() { Batch = new() }, cancellationToken: edge.Patience));
        await RefusedAsync(async () => await edge.Client.GetChannelAsync(new(), cancellationToken: edge.Patience));

        using var stream = edge.Stream();
        var session = edge.Sign(TestKeys.OtherProvider, await stream.ReadChallengeAsync());
        session.Provider = edge.Sign(TestKeys.Provider, session.Challenge).Provider;
        await stream.SendAsync(session);
        await stream.EndsWithAsync(StatusCode.Unauthenticated, "UNAUTHENTICATED");
        Assert.Empty(edge.Exchange.Requests);
    }

    [Fact]
    public async Task Nobody_hands_in_a_promise_that_is_anothers_nor_learns_of_it()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        using var owner = await edge.OpenAsync(TestKeys.Provider);
        Assert.NotNull((await owner.ExchangeAsync(1, Promises.Sign(TestKeys.Alice))).Promise);

        using var thief = await edge.OpenAsync(TestKeys.OtherProvider);
        var answer = await thief.ExchangeAsync(1, Promises.Sign(TestKeys.Alice, amount: 200, total: 200));
        Assert.Equal(Wire.RejectionReason.WrongProvider, answer.Promises.Single().Reason);
        Assert.Null(answer.Promise);
        Assert.Null(answer.Promises[0].Proof);
    }

    // Signed by one identity, in the name of another.
    private static async Task<Wire.Session> StealAsync(EdgeUnderTest edge)
    {
        var session = await edge.SignUnaryAsync(TestKeys.OtherProvider);
        session.Provider = edge.Sign(TestKeys.Provider, session.Challenge).Provider;
        return session;
    }

    private static async Task RefusedAsync(Func<Task> call) => StreamUnderTest.AssertRefused(
        await Assert.ThrowsAsync<RpcException>(call), StatusCode.Unauthenticated, "UNAUTHENTICATED");
}
