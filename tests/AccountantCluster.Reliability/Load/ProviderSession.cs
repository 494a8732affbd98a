using System.Collections.Concurrent;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Grpc.Net.Client;

namespace AccountantCluster.Reliability.Load;

/// <summary>One open stream of one provider to one node, for several batches at a time. After a failure it is of no use any more.</summary>
internal sealed class ProviderSession : IAsyncDisposable
{
    // The edge answers within 10 s; a node that stands still does not.
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(13);
    private static readonly TimeSpan OpenDeadline = TimeSpan.FromSeconds(13);

    private readonly ConcurrentDictionary<ulong, TaskCompletionSource<Wire.Answer>> _pending = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly RawStream _stream;
    private readonly Task _reading;
    private bool _isBroken;

    private ProviderSession(RawStream stream)
    {
        _stream = stream;
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Nothing can be asked over it any more.</summary>
    public bool IsBroken => Volatile.Read(ref _isBroken);

    /// <summary>Opens a stream.</summary>
    /// <exception cref="Exception">The node cannot be reached, refuses, or says nothing: another one is to be asked.</exception>
    public static async Task<ProviderSession> OpenAsync(GrpcChannel node, AccountantProfile profile, PrivateKey provider)
    {
        var opening = RawStream.OpenAsync(node, profile, provider);
        try
        {
            return new ProviderSession(await opening.WaitAsync(OpenDeadline));
        }
        catch (TimeoutException)
        {
            _ = opening.ContinueWith(late => late.Result.DisposeAsync().AsTask(), TaskContinuationOptions.OnlyOnRanToCompletion);
            throw;
        }
    }

    /// <summary>Sends a batch and waits for its answer.</summary>
    /// <exception cref="Exception">Nobody knows what became of it.</exception>
    public async Task<Wire.Answer> ExchangeAsync(Wire.Batch batch)
    {
        var answer = _pending[batch.RequestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (IsBroken) throw new IOException("The stream is broken.");
            await _writing.WaitAsync();
            try
            {
                await _stream.SendAsync(batch).WaitAsync(AnswerDeadline);
            }
            finally
            {
                _writing.Release();
            }
            return await answer.Task.WaitAsync(AnswerDeadline);
        }
        catch
        {
            Volatile.Write(ref _isBroken, true);
            throw;
        }
        finally
        {
            _pending.TryRemove(batch.RequestId, out _);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref _isBroken, true);
        await _stream.DisposeAsync();
        await _reading;
        _writing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var answer = (await _stream.ReadAsync()).Answer;
                if (_pending.TryGetValue(answer.RequestId, out var waiting)) waiting.TrySetResult(answer);
            }
        }
#pragma warning disable CA1031 // Whatever ended the stream: those who wait learn it, and ask again.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            Volatile.Write(ref _isBroken, true);
            foreach (var waiting in _pending.Values) waiting.TrySetException(new IOException("The stream ended.", problem));
        }
    }
}
