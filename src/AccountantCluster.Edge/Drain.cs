using Microsoft.Extensions.Hosting;

namespace AccountantCluster.Edge;

/// <summary>
/// How the edge ends: from the moment that the host stops nothing new is taken, and what has not been answered in a bounded time is given
/// up.
/// </summary>
internal sealed class Drain : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _begin;
    private ITimer? _end;

    public Drain(EdgeLimits limits, TimeProvider time, IHostApplicationLifetime host)
    {
        Stopping = host.ApplicationStopping;
        _begin = Stopping.Register(() => _end = time.CreateTimer(
            _ => _over.Cancel(), state: null, limits.DrainDeadline, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Fires when the node begins to stop: streams read nothing more, answer what they have read and end.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Fires when nothing is waited for any longer.</summary>
    public CancellationToken Over => _over.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _begin.Dispose();
        _end?.Dispose();
        _over.Dispose();
    }
}
