using AccountantCluster.Client.Providers;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// Keeps the evidence file of an account up to date while it runs. What happened in the last pause may be missing in it: the store has it,
/// and a provider that loses both loses so much.
/// </summary>
/// <param name="account">Whose evidence; it stays its owner's.</param>
/// <param name="path">The file.</param>
/// <param name="pause">Between two writes; a second by default.</param>
/// <param name="time">The clock.</param>
public sealed class EvidenceKeeper(ProviderAccount account, string path, TimeSpan? pause = null, TimeProvider? time = null)
{
    // A file of many megabytes is written less often: a tenth of the time is for it at most.
    private const int RestPerWrite = 9;

    private readonly TimeSpan _pause = pause ?? TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private ProviderEvidence? _written;

    /// <summary>Writes whenever there is something new, until it is cancelled, and once more then.</summary>
    /// <exception cref="IOException">It cannot be written: whoever runs this has to know.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var changed = account.Changed;
                var began = _time.GetTimestamp();
                Keep();
                var rest = _time.GetElapsedTime(began) * RestPerWrite;
                await Task.Delay(rest > _pause ? rest : _pause, _time, cancellation);
                await changed.WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end.
        }
        Keep();
    }

    /// <summary>Writes the file, if it would say anything new.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Keep()
    {
        var evidence = account.CaptureEvidence();
        if (_written?.Equivalent(evidence) == true) return false;
        EvidenceFile.Write(path, evidence, _time.GetUtcNow());
        _written = evidence;
        return true;
    }
}
