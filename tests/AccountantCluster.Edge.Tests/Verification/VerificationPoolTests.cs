using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Verification;

public sealed class VerificationPoolTests : IDisposable
{
    private readonly VerificationPool _pool =
        new(new EdgeLimits { PromisesPerBatch = 100, VerificationQueue = 100, VerificationThreads = 2 });

    [Fact]
    public async Task A_full_queue_refuses_and_room_returns_when_work_begins()
    {
        Assert.True(_pool.TryReserve(60));
        Assert.False(_pool.TryReserve(41));
        Assert.True(_pool.TryReserve(40));
        Assert.Equal(100, _pool.Waiting);

        await _pool.RunAsync(60, () => { }, CancellationToken.None);

        Assert.Equal(40, _pool.Waiting);
        Assert.True(_pool.TryReserve(60));
    }

    [Fact]
    public async Task Work_runs_on_its_own_threads()
    {
        Assert.True(_pool.TryReserve(1));
        var isShared = true;

        await _pool.RunAsync(1, () => isShared = Thread.CurrentThread.IsThreadPoolThread, CancellationToken.None);

        Assert.False(isShared);
    }

    [Fact]
    public async Task Work_that_nobody_waits_for_is_skipped()
    {
        Assert.True(_pool.TryReserve(1));
        var ran = false;

        await Assert.ThrowsAsync<TaskCanceledException>(() => _pool.RunAsync(1, () => ran = true, new CancellationToken(canceled: true)));

        Assert.False(ran);
        Assert.Equal(0, _pool.Waiting);
    }

    [Fact]
    public async Task Work_that_fails_fails_for_its_caller_and_the_threads_go_on()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.True(_pool.TryReserve(1));
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => _pool.RunAsync(1, () => throw new InvalidOperationException(), CancellationToken.None));
        }

        Assert.True(_pool.TryReserve(1));
        await _pool.RunAsync(1, () => { }, CancellationToken.None);
    }

    [Fact]
    public async Task Verdicts_stand_in_the_order_of_the_promises_however_they_were_spread()
    {
        var verifier = new PromiseVerifier(new PromiseCheck(TestTerms.Terms, Curve.Default, new KnownConsumers(100)), _pool);
        var promises = Enumerable.Range(1, 100)
            .Select(i => i % 3 == 0 ? new Wire.ConsumerPromise() : Promises.Sign(TestKeys.Named($"consumer {i % 7}"), amount: (ulong)i))
            .ToList();

        var verdicts = await verifier.VerifyAsync(TestKeys.Provider.Address, promises, CancellationToken.None);

        Assert.NotNull(verdicts);
        Assert.Equal(
            Enumerable.Range(1, 100)
                .Select(i => i % 3 == 0 ? (RejectionReason.Malformed, Amount.Zero) : (RejectionReason.None, new Amount((ulong)i))),
            verdicts.Select(verdict => (verdict.Reason, verdict.Promise.Promise.Amount)));
        Assert.Equal(0, _pool.Waiting);
    }

    [Fact]
    public async Task A_batch_that_does_not_fit_into_the_queue_is_not_verified()
    {
        var verifier = new PromiseVerifier(new PromiseCheck(TestTerms.Terms, Curve.Default, new KnownConsumers(100)), _pool);
        Assert.True(_pool.TryReserve(100));

        Assert.Null(await verifier.VerifyAsync(TestKeys.Provider.Address, [Promises.Sign(TestKeys.Alice)], CancellationToken.None));
        Assert.Equal(100, _pool.Waiting);
    }

    public void Dispose() => _pool.Dispose();
}
