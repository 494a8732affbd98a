namespace AccountantCluster;

/// <summary>
/// How much random testing, for every test project: the environment variable ACCOUNTANT_TEST_EFFORT is "small" (the default, what <c>dotnet
/// test</c> takes) or "full" (ten times as much).
/// </summary>
internal static class TestEffort
{
    private const string Setting = "ACCOUNTANT_TEST_EFFORT";

    private static readonly int Factor = Environment.GetEnvironmentVariable(Setting) switch
    {
        null or "" or "small" => 1,
        "full" => 10,
        var other => throw new InvalidOperationException($"{Setting} is \"small\" or \"full\", not \"{other}\"."),
    };

    /// <summary>The number of random cases where <paramref name="small"/> is enough for every day.</summary>
    public static long Of(long small) => small * Factor;
}
