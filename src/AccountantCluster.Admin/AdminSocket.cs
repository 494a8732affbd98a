using System.Net.Sockets;
using System.Text;

namespace AccountantCluster.Admin;

/// <summary>The file of the admin's socket: nobody's but this user's, and this node's alone.</summary>
internal static class AdminSocket
{
    // What sockaddr_un of Linux holds, less the zero at its end.
    private const int LongestPath = 107;

    // ENXIO: what opening a socket as a file comes to.
    private const int NoSuchDevice = 6;

    /// <summary>Judges a path before anything starts.</summary>
    /// <exception cref="AdminSocketException">No socket can be there.</exception>
    public static void Check(string path)
    {
        var bytes = Encoding.UTF8.GetByteCount(Path.GetFullPath(path));
        if (bytes > LongestPath)
            throw new AdminSocketException($"{path} has {bytes} bytes; the path of a socket has {LongestPath} at most.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new AdminSocketException($"There is no folder for {path}.");
    }

    /// <summary>Takes away what a node that is dead left behind.</summary>
    /// <exception cref="AdminSocketException">A live process listens there, or it is something else.</exception>
    public static void MakeRoom(string path)
    {
        if (!Path.Exists(path)) return;
        if (!IsSocket(path)) throw new AdminSocketException($"{path} is there and is no socket.");
        if (IsAlive(path)) throw new AdminSocketException($"Another process listens at {path}: each node has an admin socket of its own.");
        File.Delete(path);
    }

    /// <summary>A bound socket that nobody but this user can connect to once it listens.</summary>
    public static Socket Bind(UnixDomainSocketEndPoint endpoint, string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endpoint);
            // It does not listen yet: there is no moment at which others could connect.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsSocket(string path)
    {
        try
        {
            // For writing too, so that a pipe would not keep this waiting.
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite).Dispose();
            return false;
        }
        catch (IOException problem)
        {
            return problem.HResult == NoSuchDevice;
        }
        catch (UnauthorizedAccessException)
        {
            // A folder, or another user's: a socket of this user's can be opened by it.
            return false;
        }
    }

    private static bool IsAlive(string path)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }
}
