using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Google.Protobuf;

namespace AccountantCluster.Reliability.Network;

/// <summary>
/// The network between the nodes: every node tells the others a port of this relay, which passes on to the port that the node listens on.
/// A connection belongs to two nodes, and flows while the link between them is whole; no end is told about a cut, as with a cable.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpListener> _listeners = [];
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly List<Task> _accepting = [];
    private readonly IReadOnlyList<int> _publicPorts;
    private readonly Dictionary<(int, int), Link> _links = [];
    private int _strangers;

    /// <summary>Begins to listen.</summary>
    /// <param name="publicPorts">What the nodes tell each other, one for each node.</param>
    /// <param name="ports">What they listen on, in the same order.</param>
    public Relay(IReadOnlyList<int> publicPorts, IReadOnlyList<int> ports)
    {
        _publicPorts = publicPorts;
        for (var one = 0; one < ports.Count; one++)
            for (var other = one; other < ports.Count; other++)
                _links[(one, other)] = new Link();
        for (var node = 0; node < ports.Count; node++)
        {
            var listener = new TcpListener(IPAddress.Loopback, publicPorts[node]);
            listener.Start();
            _listeners.Add(listener);
            var (to, port) = (node, ports[node]);
            _accepting.Add(Task.Run(() => AcceptAsync(listener, to, port)));
        }
    }

    /// <summary>Connections of which nobody can say who opened them; they were closed.</summary>
    public int Strangers => Volatile.Read(ref _strangers);

    /// <summary>What lies between two nodes.</summary>
    public Link Between(int one, int other) => _links[(Math.Min(one, other), Math.Max(one, other))];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var listener in _listeners) listener.Stop();
        await Task.WhenAll(_accepting);
        await Task.WhenAll(_connections.Keys);
        _end.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, int to, int port)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(_end.Token);
                var connection = Task.Run(() => CarryAsync(client, to, port));
                _connections.TryAdd(connection, 0);
                _ = connection.ContinueWith(ended => _connections.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The end, or a caller that was gone before it was accepted.
            }
        }
    }

    private async Task CarryAsync(TcpClient client, int to, int port)
    {
        using var _ = client;
        using var server = new TcpClient();
        try
        {
            var (first, from) = await ReadFirstAsync(client.GetStream());
            var link = Between(from, to);
            await link.PassAsync(_end.Token);
            await server.ConnectAsync(IPAddress.Loopback, port, _end.Token);
            (client.NoDelay, server.NoDelay) = (true, true);
            await server.GetStream().WriteAsync(first, _end.Token);
            var ended = await Task.WhenAny(
                PumpAsync(client.GetStream(), server.GetStream(), link), PumpAsync(server.GetStream(), client.GetStream(), link));
            // Whichever end closes or breaks, the other one learns it; a cut in between delays that, too.
            await link.PassAsync(_end.Token);
            await ended;
        }
        catch (Exception problem) when (problem is InvalidDataException or InvalidProtocolBufferException)
        {
            Interlocked.Increment(ref _strangers);
        }
        catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone; so is the other one now.
        }
    }

    private async Task<(byte[] First, int From)> ReadFirstAsync(NetworkStream stream)
    {
        var header = new byte[Handshake.HeaderLength];
        await stream.ReadExactlyAsync(header, _end.Token);
        var frame = new byte[Handshake.FrameLength(header)];
        await stream.ReadExactlyAsync(frame, _end.Token);
        var from = _publicPorts.ToList().IndexOf(Handshake.OriginPort(frame));
        return from >= 0 ? ([.. header, .. frame], from) : throw new InvalidDataException("The caller is none of the nodes.");
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Link link)
    {
        var buffer = new byte[BufferLength];
        while (await from.ReadAsync(buffer, _end.Token) is var length and > 0)
        {
            await link.PassAsync(_end.Token);
            await to.WriteAsync(buffer.AsMemory(0, length), _end.Token);
        }
    }
}
