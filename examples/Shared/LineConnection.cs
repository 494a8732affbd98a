using System.Net.Sockets;

namespace AccountantCluster.Examples;

/// <summary>
/// The two parties' own protocol, which the accountant has nothing to do with: lines of text over TCP, each a word and what belongs to it.
/// </summary>
internal sealed class LineConnection : IDisposable
{
    // Whoever does not read for so long is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;
    private readonly SemaphoreSlim _writing = new(1);

    public LineConnection(TcpClient client)
    {
        _client = client;
        client.NoDelay = true;
        (_reader, _writer) = (new StreamReader(client.GetStream()), new StreamWriter(client.GetStream()));
    }

    /// <summary>Sends one line; several may be sent at once.</summary>
    /// <exception cref="IOException">The other side is gone, or does not read.</exception>
    public async Task SendAsync(string word, string text, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            await _writer.WriteAsync($"{word} {text}\n".AsMemory(), limit.Token);
            await _writer.FlushAsync(limit.Token);
        }
        catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException("The other side does not read.", problem);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next line; null once the other side has gone.</summary>
    public async Task<Line?> ReadAsync(CancellationToken cancellation)
    {
        if (await _reader.ReadLineAsync(cancellation) is not { } line) return null;
        var parts = line.Split(' ', 2);
        return new Line(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
        _writing.Dispose();
    }
}
