using System.Diagnostics;
using System.Globalization;

namespace AccountantCluster.Benchmarks.Load;

/// <summary>CPU time of everybody who takes part.</summary>
/// <param name="servers">Process ids of the nodes; none where the node runs in this process.</param>
/// <param name="database">Process id of PostgreSQL's first process; null where there is none.</param>
internal sealed class CpuClock(IReadOnlyList<int> servers, int? database)
{
    // Linux counts CPU time for others in hundredths of a second, whatever the machine.
    private const double TicksPerSecond = 100;

    /// <summary>CPU time so far.</summary>
    public (TimeSpan? Client, TimeSpan Server, TimeSpan? Database) Read()
    {
        using var own = Process.GetCurrentProcess();
        var ownTime = own.TotalProcessorTime;
        return (
            servers.Count == 0 ? null : ownTime,
            servers.Count == 0 ? ownTime : Of(servers),
            database is { } first ? Of(Children(first).Append(first)) : null);
    }

    private static TimeSpan Of(IEnumerable<int> processes) => processes.Aggregate(TimeSpan.Zero, (sum, process) => sum + Of(process));

    // User and system time, and that of children who have ended.
    private static TimeSpan Of(int process) => Stat(process) is { } stat
        ? TimeSpan.FromSeconds(stat[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond)
        : TimeSpan.Zero;

    private static IEnumerable<int> Children(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0 && Stat(id) is { } stat && stat[1] == parent.ToString(CultureInfo.InvariantCulture));

    // State, parent and so on: what follows the program's name, which is in parentheses and may contain anything.
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
