namespace AccountantCluster.Benchmarks.Load;

/// <summary>What one row of the table says.</summary>
/// <param name="Promises">How many were exchanged.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Median">Half of the batches were answered after this.</param>
/// <param name="Slowest">One batch of a hundred took longer than this.</param>
/// <param name="Client">CPU time of this process; null where it is the server as well.</param>
/// <param name="Server">CPU time of the process with the node.</param>
/// <param name="Database">CPU time of the database's processes, where it has some.</param>
internal sealed record Measured(
    long Promises, TimeSpan Elapsed, TimeSpan Median, TimeSpan Slowest, TimeSpan? Client, TimeSpan Server, TimeSpan? Database)
{
    public double PerSecond => Promises / Elapsed.TotalSeconds;

    public double MicrosecondsPerPromise(TimeSpan cpu) => cpu.TotalMicroseconds / Promises;
}
