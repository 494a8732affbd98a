using System.Globalization;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.Statements;

namespace AccountantCluster.Cli.Commands;

/// <summary>What both kinds of statement end with.</summary>
internal static class StatementResult
{
    /// <summary>Says whether it adds up, and what the statement leaves out.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> EndAsync(
        Host host, Report report, StatementSpan span, ulong? wordBlock, IReadOnlyCollection<StatementDifference> differences)
    {
        if (span.IsCut)
        {
            report.Say(
                $"Cut after block {span.ToBlock.Number}: the chain has more than the {StatementLimits.Lines} lines of one statement. "
                + $"Go on with --from-block {span.ToBlock.Number + 1}.");
        }
        if (wordBlock is { } block && !span.KnowsTotalsAt(block))
            report.Say($"The accountant speaks of block {block}, outside of this statement: its word of the chain is not compared.");
        if (wordBlock is null) report.Say("Without the accountant's word: the chain alone.");
        foreach (var difference in differences) await host.Error.WriteLineAsync(difference.ToString());
        if (differences.Count > 0) return ExitCode.Failure;
        report.Say($"It adds up, to the unit, at block {span.ToBlock.Number}.");
        return ExitCode.Success;
    }

    /// <summary>The blocks, for scripts.</summary>
    public static object Json(StatementSpan span) =>
        new { span.FromBlock, ToBlock = span.ToBlock.Number, BlockHash = span.ToBlock.Hash, span.IsCut };

    /// <summary>A difference, for scripts.</summary>
    public static object Json(StatementDifference difference) => new
    {
        Rule = $"{difference.Rule}",
        Expected = difference.Expected.ToString(CultureInfo.InvariantCulture),
        Found = difference.Found.ToString(CultureInfo.InvariantCulture),
        difference.At?.Block,
        difference.At?.Transaction,
    };
}
