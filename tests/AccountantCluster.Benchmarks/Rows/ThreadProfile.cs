using System.Globalization;

namespace AccountantCluster.Benchmarks.Rows;

/// <summary>Which threads of a process use the CPU, by their names.</summary>
internal static class ThreadProfile
{
    private const double TicksPerSecond = 100;

    /// <summary>CPU seconds of every thread so far, by thread id.</summary>
    public static IReadOnlyDictionary<string, (string Name, double Seconds)> Read(int process)
    {
        var threads = new Dictionary<string, (string, double)>();
        foreach (var folder in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            try
            {
                var text = File.ReadAllText(Path.Combine(folder, "stat"));
                var name = text[(text.IndexOf('(') + 1)..text.LastIndexOf(')')];
                var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
                var ticks = fields[11..13].Sum(field => double.Parse(field, CultureInfo.InvariantCulture));
                threads[folder] = (name, ticks / TicksPerSecond);
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }
        return threads;
    }

    /// <summary>The difference, summed up over threads of one name, without the numbers at the end; the busiest first.</summary>
    public static IReadOnlyList<(string Name, double Seconds)> Between(
        IReadOnlyDictionary<string, (string Name, double Seconds)> before,
        IReadOnlyDictionary<string, (string Name, double Seconds)> after) =>
    [
        .. after
            .Select(thread => (thread.Value.Name, Seconds: thread.Value.Seconds - before.GetValueOrDefault(thread.Key).Seconds))
            .GroupBy(thread => thread.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_', '-', '#'))
            .Select(group => (group.Key, group.Sum(thread => thread.Seconds)))
            .OrderByDescending(group => group.Item2),
    ];
}
