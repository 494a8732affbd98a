using AccountantCluster.Contracts.Tests.Differential.Model;
using Xunit.Abstractions;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>
/// The contracts on a real chain and the protocol's arithmetic in C# do the same random things, and every number and every refusal is
/// compared after each. A failure names its seed: the same seed gives the same sequence.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int StepsPerSequence = 100;
    private const long Sequences = 5;

    [Fact]
    public async Task Contracts_and_model_agree_on_every_number_after_every_step()
    {
        await using var chain = await LocalChain.StartAsync();
        var tally = new Tally();
        for (var seed = 1UL; seed <= (ulong)TestEffort.Of(Sequences); seed++)
        {
            var contracts = await ContractsUnderTest.DeployAsync(chain);
            var world = new World(contracts.Setup);
            var generator = new StepGenerator(world, new Dice(seed));
            for (var number = 1; number <= StepsPerSequence; number++)
            {
                world.Now = generator.NextTime();
                var step = generator.NextStep();
                var expected = step.ApplyTo(world);
                var (error, failedRows) = await contracts.SendAsync(step, world.Now);

                var where = $"Seed {seed}, step {number} at {world.Now}: {step}\nThe model: {expected}.\n";
                AssertSameVerdict(where, expected, error, failedRows);
                AssertSameNumbers(where, world.Describe(), await ChainSnapshot.ReadAsync(contracts));
                tally.Add(step, error);
            }
        }
        output.WriteLine(tally.ToString());
        // Else the sequences would agree about nothing.
        Assert.Empty(tally.NeverCarriedOut());
    }

    private static void AssertSameVerdict(
        string where, Verdict expected, string? error, IReadOnlyList<(int Row, string Error)> failedRows)
    {
        var isSame = error is null ? !expected.IsRefused : expected.Refusals.Contains(error);
        Assert.True(isSame, $"{where}The chain: {error ?? "done"}.");
        var rows = expected.FailedRows;
        Assert.True(
            rows.Count == failedRows.Count
            && rows.Zip(failedRows).All(pair => pair.First.Row == pair.Second.Row && pair.First.Reasons.Contains(pair.Second.Error)),
            $"{where}The chain: {string.Join(", ", failedRows)}.");
    }

    private static void AssertSameNumbers(string where, SortedDictionary<string, string> model, SortedDictionary<string, string> chain)
    {
        var differences = model.Keys.Union(chain.Keys)
            .Where(name => model.GetValueOrDefault(name) != chain.GetValueOrDefault(name))
            .Select(name => $"{name}: the model {model.GetValueOrDefault(name)}, the chain {chain.GetValueOrDefault(name)}");
        var text = string.Join('\n', differences);
        Assert.True(text.Length == 0, where + text);
    }
}
