using AccountantCluster.Edge.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Edge.Tests.Exchange;

public class StreamEndTests
{
    [Fact]
    public async Task A_caller_that_ends_its_side_still_gets_every_answer()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var release = new TaskCompletionSource();
        edge.Exchange.Before = (_, _) => release.Task;
        using var stream = await edge.OpenAsync(TestKeys.Provider);

        await stream.SendAsync(1, Promises.Sign(TestKeys.Alice));
        await stream.SendAsync(2, Promises.Sign(TestKeys.Bob));
        await stream.CompleteAsync();
        await edge.EventuallyAsync(() => edge.Exchange.Requests.Count == 2);
        release.SetResult();
        ulong[] answered = [(await stream.AnswerAsync()).RequestId, (await stream.AnswerAsync()).RequestId];

        Assert.Equal([1ul, 2ul], answered.Order());
        Assert.True(await stream.EndsWellAsync());
    }

    [Fact]
    public async Task A_caller_that_goes_away_leaves_nothing_behind()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var cancelled = new TaskCompletionSource();
        edge.Exchange.Before = async (_, cancellation) =>
        {
            await using var registration = cancellation.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellation);
        };
        using var leaving = new CancellationTokenSource();
        using var stream = await edge.OpenAsync(TestKeys.Provider, leaving.Token);
        await stream.SendAsync(1, Promises.Sign(TestKeys.Alice));
        await edge.EventuallyAsync(() => edge.Exchange.Requests.Count == 1);

        await leaving.CancelAsync();

        await cancelled.Task.WaitAsync(edge.Patience);
        await edge.EventuallyAsync(() => edge.Services.GetRequiredService<StreamGate>().Open == 0);
        Assert.Equal(0, edge.Services.GetRequiredService<ItemsInFlight>().Count);
    }

    [Fact]
    public async Task A_node_that_stops_answers_what_it_has_read_and_then_ends_the_stream()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var release = new TaskCompletionSource();
        edge.Exchange.Before = (_, _) => release.Task;
        using var idle = await edge.OpenAsync(TestKeys.OtherProvider);
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        await stream.SendAsync(1, Promises.Sign(TestKeys.Alice));
        await edge.EventuallyAsync(() => edge.Exchange.Requests.Count == 1);

        var stopping = edge.StopAsync();
        await idle.EndsWithAsync(StatusCode.Unavailable, "OVERLOADED");
        release.SetResult();
        var answer = await stream.AnswerAsync();
        await stream.EndsWithAsync(StatusCode.Unavailable, "OVERLOADED");
        await stopping;

        Assert.Equal((1ul, Wire.RejectionReason.Unspecified), (answer.RequestId, answer.Promises[0].Reason));
    }

    [Fact]
    public async Task A_node_that_stops_does_not_wait_for_ever()
    {
        await using var edge = await EdgeUnderTest.StartAsync(new EdgeLimits { DrainDeadline = TimeSpan.FromMilliseconds(100) });
        var givenUp = new TaskCompletionSource();
        edge.Exchange.Before = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            givenUp.SetResult();
        };
        using var stream = await edge.OpenAsync(TestKeys.Provider);
        await stream.SendAsync(1, Promises.Sign(TestKeys.Alice));
        await edge.EventuallyAsync(() => edge.Exchange.Requests.Count == 1);

        await edge.StopAsync();

        await givenUp.Task.WaitAsync(edge.Patience);
        Assert.False(edge.Patience.IsCancellationRequested);
    }
}
