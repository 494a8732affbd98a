using System.Runtime.ExceptionServices;

namespace AccountantCluster.Cli.Demo;

/// <summary>Several works at once that stand and fall together.</summary>
internal static class Together
{
    /// <summary>Runs all of them to their ends; the first failure cancels the others and is the one that is thrown.</summary>
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> works, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? first = null;
        await Task.WhenAll(works.Select(work => Task.Run(() => CatchAsync(work), CancellationToken.None)));
        cancellation.ThrowIfCancellationRequested();
        first?.Throw();

        async Task CatchAsync(Func<CancellationToken, Task> work)
        {
            try
            {
                await work(stop.Token);
            }
            catch (Exception problem)
            {
                if (Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(problem), null) is null) await stop.CancelAsync();
            }
        }
    }
}
