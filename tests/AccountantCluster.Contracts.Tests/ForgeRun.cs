using System.Text.Json;
using AccountantCluster.LocalNetwork;

namespace AccountantCluster.Contracts.Tests;

/// <summary>One run of forge over the contracts' Solidity tests, shared by every row of <see cref="SolidityTests"/>.</summary>
internal static class ForgeRun
{
    // The compiler is JavaScript and takes most of a small run; the full effort fuzzes for minutes.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);

    // Blocks because xunit 2 asks for the rows of a theory synchronously.
    private static readonly Lazy<IReadOnlyDictionary<ForgeTest, string?>> Shared = new(() => Task.Run(RunAsync).GetAwaiter().GetResult());

    /// <summary>Per Solidity test why it failed; null for success.</summary>
    /// <exception cref="ProcessFailedException">forge gave no results: the contracts do not compile, or it was not done in time.</exception>
    public static IReadOnlyDictionary<ForgeTest, string?> Failures => Shared.Value;

    private static async Task<IReadOnlyDictionary<ForgeTest, string?>> RunAsync()
    {
        var toolchain = await Toolchain.EnsureAsync();
        var forge = new ProcessCommand(toolchain.Forge, "test", "--json", "--suppress-successful-traces") { WorkingDirectory = toolchain.Contracts };
        var result = await ManagedProcess.RunAsync(forge, Deadline);
        return Parse(result);
    }

    // forge exits with 1 for a failed test as for sources that do not compile; only the first says so in JSON.
    private static Dictionary<ForgeTest, string?> Parse(ProcessResult result)
    {
        try
        {
            using var report = JsonDocument.Parse(result.Output);
            return report.RootElement.EnumerateObject().SelectMany(ReadSuite).ToDictionary();
        }
        catch (JsonException problem)
        {
            throw new ProcessFailedException($"forge test ended with exit code {result.ExitCode} and no results:\n{result.Output}{result.Error}", problem);
        }
    }

    private static IEnumerable<KeyValuePair<ForgeTest, string?>> ReadSuite(JsonProperty suite)
    {
        var contract = suite.Name[(suite.Name.LastIndexOf(':') + 1)..];
        foreach (var test in suite.Value.GetProperty("test_results").EnumerateObject())
        {
            var function = test.Name[..test.Name.IndexOf('(', StringComparison.Ordinal)];
            yield return new(new ForgeTest(contract, function), Failure(test.Value));
        }
    }

    private static string? Failure(JsonElement test) => test.GetProperty("status").GetString() == "Success"
        ? null
        : $"{test.GetProperty("status")}: {test.GetProperty("reason")}\n{test.GetProperty("counterexample")}";
}
