using System.Globalization;

namespace AccountantCluster.EndToEnd.Tests.Demo;

/// <summary>What /proc says of processes.</summary>
internal static class ChildProcesses
{
    /// <summary>Ids of the processes that a process started and that still run.</summary>
    public static IReadOnlyList<int> Of(int parent) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == parent),
    ];

    /// <summary>Whether a process exists and is not only waiting to be buried.</summary>
    public static bool Runs(int id) => Fields(id) is { } fields && fields[0] is not ("Z" or "X");

    private static int? ParentOf(int id) => Fields(id) is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : null;

    // State, parent and so on: what follows the program's name, which is in parentheses and may contain anything.
    private static string[]? Fields(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
