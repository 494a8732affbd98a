using System.Diagnostics;
using System.Globalization;

namespace AccountantCluster.Benchmarks.Load;

/// <summary>CPU time of everybody who takes part.</summary>
/// <param name="server">Process id of the node; null where it runs in this process.</param>
/// <param name="database">Process id of PostgreSQL's first process; null where there is none.</param>
internal sealed class CpuClock(int? server, int? database)
{
    // Linux counts CPU time for others in hundredths of a second, whatever the machine.
    private const double TicksPerSecond = 100;

    /// <summary>CPU time so far.</summary>
    public (TimeSpan? Client, TimeSpan Server, TimeSpan? Database) Read()
    {
        using var own = Process.GetCurrentProcess();
        var ownTime = own.TotalProcessorTime;
        return (
            server is null ? null : ownTime,
            server is { } id ? Of(id) : ownTime,
            database is { } first ? Children(first).Append(first).Aggregate(TimeSpan.Zero, (sum, process) => sum + Of(process)) : null);
    }

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
