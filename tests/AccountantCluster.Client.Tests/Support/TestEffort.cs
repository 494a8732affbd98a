namespace AccountantCluster.Client.Tests.Support;

/// <summary>How much random testing: little in <c>dotnet test</c>, ten times as much where ACCOUNTANT_TEST_EFFORT is "full".</summary>
internal static class TestEffort
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("ACCOUNTANT_TEST_EFFORT") == "full";

    public static long Of(long iterations) => IsFull ? iterations * 10 : iterations;
}
