using System.Globalization;
using System.Text;
using AccountantCluster.Reliability.Faults;

namespace AccountantCluster.Reliability.Runs;

/// <summary>Renews the table in <c>tests/RELIABILITY.md</c>; what is above it is written by hand.</summary>
internal static class Page
{
    private const string Mark = "<!-- Everything from here on is written by the program. -->";

    /// <summary>The page with a new table.</summary>
    /// <param name="page">The page as it is.</param>
    /// <param name="rows">One for each seed that was run; at least one.</param>
    public static string Renew(string page, IReadOnlyList<SeedRow> rows)
    {
        var at = page.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0) throw new InvalidDataException("The page has no place for the table.");
        var text = new StringBuilder(page[..at]).Append(Mark).Append("\n\n");
        var (first, last) = (rows.Min(row => row.At), rows.Max(row => row.At));
        text.Append(
            CultureInfo.InvariantCulture,
            $"{first:yyyy-MM-dd} to {last:yyyy-MM-dd}, {rows.Max(row => row.Cores)} cores for everything.\n\n");
        text.Append("| what | figure |\n|---|---|\n");
        Row(text, "seeds", Number(rows.Count));
        foreach (var kind in Enum.GetValues<FaultKind>())
            Row(text, $"faults: {kind}", Number(rows.Sum(row => row.Faults.GetValueOrDefault(kind))));
        Row(text, "node processes started again", Number(rows.Sum(row => row.Restarts)));
        Row(text, "of those, after a process that ended by itself", Number(rows.Sum(row => row.SelfEnded)));
        Row(text, "batches sent, every attempt", Number(rows.Sum(row => row.Batches)));
        Row(text, "of those, without an answer", Number(rows.Sum(row => row.Unanswered)));
        Row(text, "promises acknowledged", Number(rows.Sum(row => row.Acknowledged)));
        Row(text, "lost", Number(rows.Sum(row => row.Lost)));
        Row(text, "doubled", Number(rows.Sum(row => row.Doubled)));
        Row(text, "all other violations", Number(rows.Sum(row => row.OtherViolations)));
        Times(text, "unavailability of a channel", [.. rows.Select(row => row.UnavailableSeconds).Order()]);
        foreach (var group in rows.GroupBy(row => row.Channels).OrderBy(group => group.Key))
            Times(text, $"recovery of a node with {Number(group.Key)} channels", [.. group.Select(row => row.RecoverySeconds).Order()]);
        return text.ToString();
    }

    // Of the longest of every seed.
    private static void Times(StringBuilder text, string what, double[] ordered)
    {
        Row(text, $"{what}, longest of a seed: median", Seconds(ordered[ordered.Length / 2]));
        Row(text, $"{what}, longest of all", Seconds(ordered[^1]));
    }

    private static void Row(StringBuilder text, string what, string figure) =>
        text.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} |\n");

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(double time) => $"{time.ToString("F1", CultureInfo.InvariantCulture)} s";
}
