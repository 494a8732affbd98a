namespace AccountantCluster.Cli.Demo;

/// <summary>Waits for what another party does, with an end.</summary>
internal static class Waiting
{
    // Several rounds of the node on a machine that does something else as well.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks again and again.</summary>
    /// <exception cref="DemoFailedException">It does not happen in time.</exception>
    public static async Task UntilAsync(string what, Func<Task<bool>> hasHappened, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (!await hasHappened())
        {
            if (time.GetElapsedTime(began) > Deadline) throw new DemoFailedException($"Waited {Deadline.TotalSeconds} s in vain: {what}.");
            await Task.Delay(Interval, time, cancellation);
        }
    }
}
