using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>
/// The threads that verify signatures: their own, because a queue of signatures on the shared pool would delay everything else that runs
/// there, the cluster's heartbeats included. The queue is bounded in signatures; what does not fit is refused at once.
/// </summary>
internal sealed class VerificationPool : IDisposable
{
    private readonly BlockingCollection<Piece> _queue = [];
    private readonly Thread[] _threads;
    private readonly int _capacity;
    private int _waiting;

    public VerificationPool(EdgeLimits limits)
    {
        _capacity = limits.VerificationQueue;
        _threads = new Thread[limits.VerificationThreads];
        for (var i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Run) { IsBackground = true, Name = $"verification {i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Signatures that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>
    /// Takes room for so many signatures; false when there is none. <see cref="RunAsync"/> gives it back when the work begins.
    /// </summary>
    public bool TryReserve(int signatures)
    {
        if (Interlocked.Add(ref _waiting, signatures) <= _capacity) return true;
        Interlocked.Add(ref _waiting, -signatures);
        return false;
    }

    /// <summary>Runs work on signatures that were reserved, on a thread of the pool; skipped when nobody waits for it any more.</summary>
    public Task RunAsync(int signatures, Action work, CancellationToken cancellation)
    {
        var piece = new Piece(signatures, work, cancellation);
        _queue.Add(piece, CancellationToken.None);
        return piece.Done.Task;
    }

    /// <summary>Whether a signature that was reserved is somebody's.</summary>
    public async Task<bool> IsSignedAsync(
        ICurve curve, Bytes32 digest, Signature signature, Address by, CancellationToken cancellation)
    {
        var isSigned = false;
        await RunAsync(1, () => isSigned = curve.TryRecover(digest, signature, out var signer) && signer == by, cancellation);
        return isSigned;
    }

    /// <summary>Finishes what is queued, which is bounded, then ends the threads.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (var thread in _threads) thread.Join();
        _queue.Dispose();
    }

    private void Run()
    {
        foreach (var piece in _queue.GetConsumingEnumerable())
        {
            Interlocked.Add(ref _waiting, -piece.Signatures);
            if (piece.Cancellation.IsCancellationRequested)
            {
                piece.Done.TrySetCanceled(piece.Cancellation);
                continue;
            }

            try
            {
                piece.Work();
                piece.Done.TrySetResult();
            }
#pragma warning disable CA1031 // It belongs to whoever waits; a thread of the pool outlives any one piece of work.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                piece.Done.TrySetException(exception);
            }
        }
    }

    private sealed record Piece(int Signatures, Action Work, CancellationToken Cancellation)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
