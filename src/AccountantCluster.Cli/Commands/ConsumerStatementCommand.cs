using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.Statements;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>channel statement</c>: what became of a consumer's money, by the accountant and by the chain.</summary>
internal static class ConsumerStatementCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "statement",
            "Show what became of a consumer's money: what the accountant says, all that came and left on chain, and whether they agree to "
            + "the unit. Fails where they do not, and names the difference.");
        var options = StatementOptions.AddTo(command, host, "the consumer");
        command.SetAction(async (parsed, cancellation) =>
        {
            var statement = await options.ReadAsync(
                parsed,
                host,
                (reader, consumer, word, from) => reader.ReadConsumerAsync(consumer, word?.Consumer, from, cancellation),
                cancellation);
            var differences = ConsumerReconciliation.Check(statement);
            var report = host.Report(options.IsJson(parsed));
            report.Json(Json(statement, differences));
            Write(statement, report);
            return await StatementResult.EndAsync(host, report, statement.Span, statement.Word?.Block, differences);
        });
        return command;
    }

    private static void Write(ConsumerStatement statement, Report report)
    {
        if (statement.Word is { } word)
        {
            report.Say($"What the accountant says; of the chain at its block {word.Block}:");
            report.Lines(
            [
                ("deposited", $"{word.Deposited}"),
                ("leaving with its consent", $"{word.Consented}"),
                ("promised", $"{word.Promised}"),
                ("credited to providers", $"{word.Credited}"),
                ("can be collected", $"{word.Settleable}"),
                ("settled", $"{word.Settled}"),
            ]);
        }
        var (opening, closing, span) = (statement.Opening, statement.Closing, statement.Span);
        report.Say($"What the chain says, from block {span.FromBlock} to block {span.ToBlock.Number} ({span.ToBlock.Hash}):");
        report.Rows(
            statement.Lines,
            ["block", "transaction", "what", "came", "left", "settled"],
            line =>
            [
                $"{line.At.Block}", $"{line.At.Transaction}", What(line), Units(line.In), Units(line.Out),
                line is ConsumerLine.Collected collected ? $"{collected.Settled}" : "",
            ]);
        var sums = statement.Sums;
        report.Lines(
        [
            ("balance before", $"{opening.Balance}"),
            ("+ came", $"{sums.Deposited}"),
            ("- registration, loan and sender", $"{sums.Registration}"),
            ("- collected by the accountant", $"{sums.Collected}"),
            ("- taken back", $"{sums.Exits}"),
            ("= balance", $"{closing.Balance}"),
            ("settled before", $"{opening.Settled}"),
            ("settled", $"{closing.Settled}"),
        ]);
    }

    private static string Units(Amount amount) => amount.IsZero ? "" : $"{amount}";

    private static string What(ConsumerLine line) => line switch
    {
        ConsumerLine.Deposited => "deposit",
        ConsumerLine.Registered registered =>
            $"registration {registered.Fee}, loan {registered.Loan}, its sender {registered.TransactionMakerFee}",
        ConsumerLine.Collected => "collected by the accountant",
        ConsumerLine.ExitPaid { WithConsent: true } => "exit with consent",
        _ => "exit",
    };

    private static string Kind(ConsumerLine line) => line switch
    {
        ConsumerLine.Deposited => "deposited",
        ConsumerLine.Registered => "registered",
        ConsumerLine.Collected => "collected",
        ConsumerLine.ExitPaid { WithConsent: true } => "consentedExitPaid",
        _ => "exitPaid",
    };

    private static object Json(ConsumerStatement statement, IReadOnlyCollection<StatementDifference> differences) => new
    {
        statement.Consumer,
        statement.Closing.Channel,
        Span = StatementResult.Json(statement.Span),
        Accountant = statement.Word is not { } word ? null : new
        {
            word.Deposited,
            word.Consented,
            word.Promised,
            word.Credited,
            word.Settleable,
            word.Settled,
            word.Block,
            IsCompared = statement.Span.KnowsTotalsAt(word.Block),
        },
        Lines = statement.Lines.Select(line => new
        {
            line.At.Block,
            line.At.Transaction,
            Kind = Kind(line),
            line.In,
            line.Out,
            Settled = (line as ConsumerLine.Collected)?.Settled,
            Registration = line is ConsumerLine.Registered paid ? new { paid.Fee, paid.Loan, paid.TransactionMakerFee } : null,
        }),
        Opening = new { statement.Opening.Balance, statement.Opening.Settled },
        Sums = new
        {
            Deposited = $"{statement.Sums.Deposited}",
            Registration = $"{statement.Sums.Registration}",
            Collected = $"{statement.Sums.Collected}",
            Exits = $"{statement.Sums.Exits}",
        },
        Closing = new { statement.Closing.Balance, statement.Closing.Settled },
        Differences = differences.Select(StatementResult.Json),
        Reconciles = differences.Count == 0,
    };
}
