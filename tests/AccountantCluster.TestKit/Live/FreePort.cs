using System.Net;
using System.Net.Sockets;

namespace AccountantCluster.TestKit;

/// <summary>A port for a node that is to come back on the same one.</summary>
internal static class FreePort
{
    // Below the ports that the system gives out by itself, so that nobody takes it while the node is down.
    private const int First = 20_000;
    private const int Count = 10_000;

    // Programs that start one after the other look at ports of their own.
    private const int OfEach = 32;

    /// <summary>A port of 127.0.0.1 on which nobody listens.</summary>
    public static int Find() => Find(1)[0];

    /// <summary>As many of them.</summary>
    public static IReadOnlyList<int> Find(int count)
    {
        var found = new List<int>();
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (((Environment.ProcessId * OfEach) + attempt) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                found.Add(port);
                if (found.Count == count) return found;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
        throw new InvalidOperationException($"No free port from {First} on.");
    }
}
