using System.Globalization;

namespace AccountantCluster.EndToEnd.Tests.Live;

/// <summary>Which process answers on a port, by the kernel's own tables.</summary>
internal static class ListeningProcess
{
    private const string Listening = "0A";

    /// <summary>The id of the process that listens on that port of this machine; null where none does.</summary>
    public static int? On(int port)
    {
        var sockets = SocketsOf(port).Select(inode => $"socket:[{inode}]").ToHashSet();
        if (sockets.Count == 0) return null;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            var isProcess = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id);
            if (isProcess && HoldsAny(folder, sockets)) return id;
        }
        return null;
    }

    // Columns of /proc/net/tcp: number, local address and port in hexadecimal, remote address, state, ..., inode.
    private static IEnumerable<string> SocketsOf(int port)
    {
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table)) continue;
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns[3] == Listening && columns[1].EndsWith($":{port:X4}", StringComparison.Ordinal)) yield return columns[9];
            }
        }
    }

    private static bool HoldsAny(string processFolder, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(processFolder, "fd"))
                .Any(handle => new FileInfo(handle).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            // Somebody else's, or gone meanwhile.
            return false;
        }
    }
}
