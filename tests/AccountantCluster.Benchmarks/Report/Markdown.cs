using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using AccountantCluster.Benchmarks.Load;

namespace AccountantCluster.Benchmarks.Report;

/// <summary>Writes a run as the page <c>tests/BENCHMARKS.md</c>.</summary>
internal static class Markdown
{
    public static string Write(RunResults results, string text, Scale scale, DateTimeOffset date)
    {
        var page = new StringBuilder();
        Line(page, "# Benchmarks");
        Line(page, "Written by `dotnet run -c Release --project tests/AccountantCluster.Benchmarks`; every row is from this one run.");
        Line(page, $"{date:yyyy-MM-dd}, {Machine()}. Load and node share the machine; load average at the end {Load()}. "
            + $"Scale 1/{scale.Divisor}: the shorter a run, the more of it is the start of the program (.NET Tiered Com compiles it), "
            + "and a load average far above the number of cores means that others had most of the machine. Only a whole run on a quiet "
            + "machine can be compared.");

        Line(page, "## Promises");
        Table(
            page,
            ["what", "batch", "promises/s", "p50 ms", "p99 ms", "CPU µs/promise: client", "node", "database"],
            results.Rows.Select(row => (string[])
            [
                row.Name,
                row.BatchSize.ToString(CultureInfo.InvariantCulture),
                Number(row.Measured.PerSecond),
                Milliseconds(row.Measured.Median),
                Milliseconds(row.Measured.Slowest),
                Cpu(row.Measured, row.Measured.Client),
                Cpu(row.Measured, row.Measured.Server),
                Cpu(row.Measured, row.Measured.Database),
            ]));
        Line(page, "p50 and p99 are a batch's, from handing it in to its answer, with 4 batches of each of 8 providers under way. CPU is "
            + "user and system time of the whole process divided by promises; without a client of its own the load is in the node's column. "
            + "Consumers sign beforehand. 1,000 consumer channels, awake. Several nodes are processes of one cluster on these same cores, so that "
            + "their rows say what crossing between nodes costs, not what more machines bring; providers are dealt out to them.");

        Line(page, "## Channels");
        Table(
            page,
            ["store", "channels", "new/s", "warm promises/s", "cold: recovered/s", "memory bytes/channel", "disk bytes/channel"],
            results.Channels.Select(row => (string[])
            [
                row.Journal,
                Number(row.Channels),
                Number(row.NewPerSecond),
                Number(row.Warm.PerSecond),
                Number(row.Cold.PerSecond),
                Number(row.MemoryBytes),
                Number(row.DiskBytes),
            ]));
        Line(page, "New: a channel nobody knew is woken and stores its deposit. Warm: one promise for each channel, in batches of 256. "
            + "Cold: the same after a restart, so that each promise waits for its channel's recovery.");

        Line(page, "## Limits of the machine");
        Table(page, ["what", "per second"], results.Limits.Select(limit => (string[])[limit.Name, Number(limit.PerSecond)]));

        Line(page, "## Where the time goes");
        foreach (var (name, threads, promises) in results.Profiles)
        {
            Line(page, $"CPU of the node's threads, {name}:");
            Table(
                page,
                ["threads", "µs/promise"],
                threads.Where(thread => thread.Seconds > 0.05).Select(thread => (string[])
                    [thread.Name, (thread.Seconds * 1_000_000 / promises).ToString("0.0", CultureInfo.InvariantCulture)]));
        }
        Line(page, text);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var processor = model?[(model.IndexOf(':') + 2)..] ?? "unknown CPU";
        return $"{processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}";
    }

    private static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Number(double number) => number.ToString(number < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Cpu(Measured row, TimeSpan? time) =>
        time is { } cpu ? row.MicrosecondsPerPromise(cpu).ToString("0.0", CultureInfo.InvariantCulture) : "–";

    private static void Line(StringBuilder page, string line) => page.Append(line).Append("\n\n");

    private static void Table(StringBuilder page, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append("| ").AppendJoin(" | ", heads).Append(" |\n|").Insert(page.Length, "---|", heads.Length).Append('\n');
        foreach (var row in rows) page.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        page.Append('\n');
    }
}
