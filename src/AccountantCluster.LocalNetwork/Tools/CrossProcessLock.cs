namespace AccountantCluster.LocalNetwork;

/// <summary>A lock between processes of one machine: an exclusively opened file. The system releases it when its holder dies.</summary>
public sealed class CrossProcessLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;

    private CrossProcessLock(FileStream file) => _file = file;

    /// <summary>Waits for the lock until the deadline.</summary>
    /// <exception cref="TimeoutException">Somebody else still holds it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be created.</exception>
    public static async Task<CrossProcessLock> AcquireAsync(string path, TimeSpan deadline, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline);
        while (true)
        {
            try
            {
                return new CrossProcessLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path))
            {
                // Held by another process: the only other way to get here is a broken disk, which the deadline reports.
            }

            try
            {
                await Task.Delay(PollInterval, limit.Token);
            }
            catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"{path} is still held by another process after {deadline.TotalSeconds} s.", problem);
            }
        }
    }

    /// <summary>Releases the lock. The file stays: deleting it would let two holders in.</summary>
    public void Dispose() => _file.Dispose();
}
