namespace AccountantCluster.Reliability.Checks;

/// <summary>The few records around one that is wrong.</summary>
internal static class Surroundings
{
    private const int Before = 3;
    private const int After = 2;

    /// <summary>Some before it, itself, and some after it.</summary>
    public static IEnumerable<string> Of<T>(IReadOnlyList<T> records, int index) =>
        records.Skip(Math.Max(0, index - Before)).Take(Math.Min(index, Before) + 1 + After).Select(record => record?.ToString() ?? "");
}
