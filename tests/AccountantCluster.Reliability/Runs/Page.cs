using System.Globalization;
using System.Text;
using AccountantCluster.Reliability.Checks;
using AccountantCluster.Reliability.Faults;

namespace AccountantCluster.Reliability.Runs;

/// <summary>Renews the table in <c>tests/RELIABILITY.md</c>; what is above it is written by hand.</summary>
internal static class Page
{
    private const string Mark = "<!-- Everything from here on is written by the program. -->";

    /// <summary>The page with a new table.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="results">One for each seed.</param>
    /// <param name="options">What the program was told.</param>
    /// <param name="date">Today.</param>
    public static string Renew(string page, IReadOnlyList<SeedResult> results, RunOptions options, DateTimeOffset date)
    {
        var at = page.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0) throw new InvalidDataException("The page has no place for the table.");
        var text = new StringBuilder(page[..at]).Append(Mark).Append("\n\n");
        var seeds = $"{results[0].Schedule.Seed} to {results[^1].Schedule.Seed}";
        text.Append(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}, seeds {seeds}, {Environment.ProcessorCount} cores for everything.\n\n");
        text.Append("| what | figure |\n|---|---|\n");
        Row(text, "seeds", Number(results.Count));
        foreach (var kind in Enum.GetValues<FaultKind>())
            Row(text, $"faults: {kind}", Number(results.Sum(result => result.Schedule.Faults.Count(fault => fault.Kind == kind))));
        Row(text, "node processes started again", Number(results.Sum(result => result.Restarts)));
        Row(text, "of those, after a process that ended by itself", Number(results.Sum(result => result.SelfEnded)));
        Row(text, "batches sent, every attempt", Number(results.Sum(result => result.Calls)));
        Row(text, "of those, without an answer", Number(results.Sum(result => result.Unanswered)));
        Row(text, "promises acknowledged", Number(results.Sum(result => result.Acknowledged)));
        Row(text, "lost", Number(Count(results, ViolationKind.Lost)));
        Row(text, "doubled", Number(Count(results, ViolationKind.Doubled)));
        Row(text, "all other violations", Number(results.Sum(result => result.Violations.Count(Other))));
        Row(text, "longest unavailability of a channel", Seconds(results.Max(result => result.LongestUnavailable)));
        Row(
            text,
            $"longest recovery of a node with {Number(options.Channels)} channels",
            Seconds(results.Max(result => result.LongestRecovery)));
        return text.ToString();
    }

    private static int Count(IEnumerable<SeedResult> results, ViolationKind kind) =>
        results.Sum(result => result.Violations.Count(violation => violation.Kind == kind));

    private static bool Other(Violation violation) => violation.Kind is not (ViolationKind.Lost or ViolationKind.Doubled);

    private static void Row(StringBuilder text, string what, string figure) =>
        text.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} |\n");

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)} s";
}
