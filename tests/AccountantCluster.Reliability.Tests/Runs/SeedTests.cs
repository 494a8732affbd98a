using System.Security.Cryptography;
using AccountantCluster.Reliability.Faults;
using AccountantCluster.Reliability.Network;
using AccountantCluster.Reliability.Runs;
using Xunit.Abstractions;

namespace AccountantCluster.Reliability.Tests.Runs;

/// <summary>The whole harness: a real cluster under load and faults, and nothing lost.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int Bystanders = 1_000;

    // One in every test, ten where there is time.
    private static readonly int Seeds = (int)TestEffort.Of(1);

    [Fact]
    public async Task A_cluster_under_faults_loses_nothing_doubles_nothing_and_comes_back()
    {
        await using var network = await ChaosNetwork.StartAsync(Bystanders, output.WriteLine);
        var first = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
        for (var number = 0; number < Seeds; number++)
        {
            var schedule = Schedule.Of(first + (ulong)number, ChaosNetwork.NodeCount);
            output.WriteLine($"Seed {schedule.Seed}:\n{schedule}");
            var result = await new SeedRun(network, schedule, output.WriteLine).RunAsync();
            Assert.True(
                result.Violations.Count == 0,
                $"Seed {schedule.Seed}, schedule:\n{schedule}\n{string.Join('\n', result.Violations)}");
            Assert.True(result.Acknowledged > 0, "Nothing was acknowledged: this run has proved nothing.");
        }
    }
}
