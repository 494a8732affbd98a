using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Demo;

/// <summary>The demo as a user runs it.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly DemoProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("sqlite", 1)]
    [InlineData("postgres", 1)]
    [InlineData("postgres", 3)]
    public async Task Every_token_is_accounted_for_and_both_attacks_are_refused_by_name(string store, int nodes)
    {
        var command = _program.Command("--seconds", "4", "--store", store, "--nodes", $"{nodes}");
        var result = await ManagedProcess.RunAsync(command, DemoProgram.Deadline);

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        var report = new DemoReport(result);
        var (promised, paid, fees) = (report.Amount("providersPromised"), report.Amount("providersPaidOnChain"), report.Amount("fees"));
        var settled = report.Amount("consumersSettledOnChain");
        Assert.True(report.Conserved);
        Assert.Null(report.Failure);
        Assert.Equal(store == "postgres", result.Output.Contains("Started PostgreSQL", StringComparison.Ordinal));
        Assert.Equal((nodes, nodes), (report.Nodes, result.Output.Split("Started a node").Length - 1));
        Assert.True(report.PromisesAccepted > 0);
        Assert.Equal((1L, 1L), (report.Rejected["OVERSPEND"], report.Rejected["INVALID_SIGNATURE"]));
        Assert.Equal(report.Amount("minted"), report.Balances);
        Assert.Equal(promised, paid);
        Assert.Equal(report.Amount("consumersPromised"), settled);
        Assert.Equal(settled, paid + fees + report.Amount("freeTokens"));
        // 1 % of what three providers accepted, each rounded down.
        Assert.InRange(fees.Units, ((promised + fees).Units / 100) - 2, (promised + fees).Units / 100);
        Assert.NotEqual(Amount.Zero, fees);
        Assert.Equal([true, false], report.Departures.Select(one => one.GetProperty("withConsent").GetBoolean()));
        foreach (var departure in report.Departures)
        {
            var (deposited, spent) = (DemoReport.Units(departure, "deposited"), DemoReport.Units(departure, "promised"));
            var taken = DemoReport.Units(departure, "takenBack");
            // Who stays keeps a part; who goes takes all that it has not promised, to the unit.
            Assert.NotEqual(Amount.Zero, spent);
            if (departure.GetProperty("withConsent").GetBoolean()) Assert.InRange(taken.Units, 1u, (deposited - spent).Units - 1);
            else Assert.Equal(deposited - spent, taken);
        }
        // With nothing but its evidence, its key and the chain: the loan, and what was promised last and nobody had settled.
        Assert.Equal(new Amount(50_000_000), DemoReport.Units(report.Recovered, "loanReturned"));
        Assert.NotEqual(Amount.Zero, DemoReport.Units(report.Recovered, "paid"));
        Assert.True(DemoReport.Units(report.Recovered, "collected") >= DemoReport.Units(report.Recovered, "paid"));
        Assert.NotEmpty(report.Curve);
        Assert.True(report.Seconds >= 4);
        Assert.Empty(_program.LeftBehind);
    }

    [Fact]
    public async Task Providers_earn_from_two_accountants_and_are_paid_by_the_one_that_vanishes()
    {
        var result = await ManagedProcess.RunAsync(_program.Command("--seconds", "8", "--accountants", "2"), DemoProgram.Deadline);

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        var report = new DemoReport(result);
        Assert.True(report.Conserved);
        Assert.Null(report.Failure);
        Assert.Equal(2, result.Output.Split("Started a node").Length - 1);
        Assert.Equal(report.Amount("minted"), report.Balances);
        Assert.NotEqual(Amount.Zero, report.Amount("earnedAfterwards"));
        Assert.Equal(3, report.Providers.Count);
        foreach (var provider in report.Providers)
        {
            var (promised, paid) = (DemoReport.Units(provider, "promised"), DemoReport.Units(provider, "paid"));
            var (byVanished, settled) = (DemoReport.Units(provider, "promisedByVanished"), DemoReport.Units(provider, "settledAlone"));
            Assert.NotEqual(Amount.Zero, promised);
            Assert.Equal(promised, paid);
            Assert.InRange(settled.Units, 1u, byVanished.Units);
            Assert.Equal(promised + byVanished, DemoReport.Units(provider, "earned"));
        }
        Assert.Empty(_program.LeftBehind);
    }

    [Fact]
    public async Task A_node_that_credits_one_unit_less_is_found_out()
    {
        var node = DemoProgram.Beside("AccountantCluster.UnderCreditingNode.dll");

        var result = await ManagedProcess.RunAsync(_program.Command("--seconds", "20", "--node", node), DemoProgram.Deadline);

        Assert.Equal(1, result.ExitCode);
        var report = new DemoReport(result);
        Assert.False(report.Conserved);
        Assert.Contains("refuses the accountant: Underpaid", report.Failure);
        Assert.Contains("Underpaid", result.Error);
        // Payments were flowing, so it is no other failure.
        Assert.True(report.PromisesAccepted > 0);
        Assert.Empty(_program.LeftBehind);
    }
}
