using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.Statements;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>provider statement</c>: what became of a provider's money, by the accountant and by the chain.</summary>
internal static class ProviderStatementCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "statement",
            "Show what became of a provider's money: what the accountant says, each payment on chain, and whether they agree to the unit. "
            + "Fails where they do not, and names the difference.");
        var options = StatementOptions.AddTo(command, host, "the provider");
        command.SetAction(async (parsed, cancellation) =>
        {
            var statement = await options.ReadAsync(
                parsed,
                host,
                (reader, provider, word, from) => reader.ReadProviderAsync(provider, word?.Provider, from, cancellation),
                cancellation);
            var differences = ProviderReconciliation.Check(statement);
            var report = host.Report(options.IsJson(parsed));
            report.Json(Json(statement, differences));
            Write(statement, report);
            return await StatementResult.EndAsync(host, report, statement.Span, statement.Word?.Block, differences);
        });
        return command;
    }

    private static void Write(ProviderStatement statement, Report report)
    {
        if (statement.Word is { } word)
        {
            report.Say($"What the accountant says; of the chain at its block {word.Block}:");
            report.Lines(
            [
                ("credited, before its fee", $"{word.Gross}"),
                ("its fee", $"{word.Fees}"),
                ("promised", $"{word.Promised}"),
                ("credited and not promised yet", $"{statement.NotPromised}"),
                ("paid without your doing, up to", $"{word.Settleable}"),
                ("settled", $"{word.Settled}"),
            ]);
        }
        var (opening, closing, span) = (statement.Opening, statement.Closing, statement.Span);
        report.Say($"What the chain says, from block {span.FromBlock} to block {span.ToBlock.Number} ({span.ToBlock.Hash}):");
        report.Rows(
            statement.Payments,
            ["block", "transaction", "requested", "paid", "fee of the sender", "received", "settled"],
            line =>
            [
                $"{line.At.Block}", $"{line.At.Transaction}", $"{line.Requested}", $"{line.Paid}", $"{line.Fee}", $"{line.Received}",
                $"{line.Settled}",
            ]);
        report.Lines(
        [
            ("settled before", $"{opening.Settled}"),
            ("settled", $"{closing.Settled}"),
            ("of it to transaction makers", $"{closing.FeesPaid}"),
            ("received in these payments", $"{ProviderReconciliation.Received(statement)}"),
            ("guaranteed balance", $"{closing.Balance}"),
            ("loan", $"{closing.Loan}"),
            .. statement.Owed is { } owed ? [("promised and not settled", $"{owed}")] : Array.Empty<(string, string)>(),
        ]);
    }

    private static object Json(ProviderStatement statement, IReadOnlyCollection<StatementDifference> differences) => new
    {
        statement.Provider,
        Span = StatementResult.Json(statement.Span),
        Accountant = statement.Word is not { } word ? null : new
        {
            word.Gross,
            word.Fees,
            word.Promised,
            statement.NotPromised,
            word.Settleable,
            word.Settled,
            word.Balance,
            word.Loan,
            word.Block,
            IsCompared = statement.Span.KnowsTotalsAt(word.Block),
        },
        Payments = statement.Payments.Select(line => new
        {
            line.At.Block,
            line.At.Transaction,
            line.Beneficiary,
            line.Requested,
            line.Paid,
            line.Fee,
            line.Received,
            line.Settled,
        }),
        Opening = new { statement.Opening.Settled, statement.Opening.FeesPaid },
        Closing = new { statement.Closing.Settled, statement.Closing.FeesPaid, statement.Closing.Balance, statement.Closing.Loan },
        Received = ProviderReconciliation.Received(statement),
        statement.Owed,
        Differences = differences.Select(StatementResult.Json),
        Reconciles = differences.Count == 0,
    };
}
