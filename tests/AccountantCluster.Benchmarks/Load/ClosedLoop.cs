using AccountantCluster.Benchmarks.World;
using AccountantCluster.Channels;
using AccountantCluster.Protocol;
using HdrHistogram;

namespace AccountantCluster.Benchmarks.Load;

/// <summary>Hands in one batch. True: everything is accepted; false: the outcome is not known.</summary>
internal delegate Task<bool> HandIn(Payee payee, ChainPosition position, VerifiedPromise[] batch);

/// <summary>
/// The load: all providers at once, some batches of each under way, the next one when one is answered. Latency is a batch's, from being
/// handed in to its answer, repetitions included.
/// </summary>
internal sealed class ClosedLoop(HandIn handIn, CpuClock cpu)
{
    private const int BatchesUnderWay = 4;
    private const int MaxAttempts = 10_000;
    private const long LongestMicroseconds = 300_000_000;
    private const int Digits = 3;

    // Before a batch that the node has no room for is handed in again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _recording = new();

    /// <summary>Runs so many windows of every provider and measures them.</summary>
    public async Task<Measured> RunAsync(Market market, int windows, int batchSize)
    {
        var latencies = new LongHistogram(LongestMicroseconds, Digits);
        var plan = market.Payees.AsParallel()
            .Select(payee => (payee, Windows: Enumerable.Range(0, windows).Select(_ => payee.Next(batchSize)).ToList())).ToList();
        var promises = plan.Sum(part => part.Windows.Sum(window => window.Batches.Sum(batch => (long)batch.Length)));
        GC.Collect();

        var (before, begin) = (cpu.Read(), TimeProvider.System.GetTimestamp());
        await Task.WhenAll(plan.Select(part => RunAsync(part.payee, part.Windows, latencies)));
        var (elapsed, after) = (TimeProvider.System.GetElapsedTime(begin), cpu.Read());

        return new Measured(
            promises,
            elapsed,
            TimeSpan.FromMicroseconds(latencies.GetValueAtPercentile(50)),
            TimeSpan.FromMicroseconds(latencies.GetValueAtPercentile(99)),
            after.Client - before.Client,
            after.Server - before.Server,
            after.Database - before.Database);
    }

    // A window ends when all of it is answered: the next one discloses its R.
    private async Task RunAsync(Payee payee, IReadOnlyList<Window> windows, LongHistogram latencies)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = BatchesUnderWay };
        foreach (var window in windows)
            await Parallel.ForEachAsync(window.Batches, options, async (batch, _) =>
            {
                var begin = TimeProvider.System.GetTimestamp();
                for (var attempt = 1; !await handIn(payee, window.Position, batch); attempt++)
                {
                    if (attempt == MaxAttempts) throw new TimeoutException("A batch was not answered.");
                    await Task.Delay(Pause, CancellationToken.None);
                }
                var latency = (long)TimeProvider.System.GetElapsedTime(begin).TotalMicroseconds;
                lock (_recording) latencies.RecordValue(Math.Clamp(latency, 1, LongestMicroseconds));
            });
    }
}
