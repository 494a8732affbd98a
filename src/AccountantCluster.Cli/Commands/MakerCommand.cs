using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Commands.Options;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>maker</c>: what transaction makers ask.</summary>
internal static class MakerCommand
{
    private const int MaxRows = 32;

    /// <summary>The command.</summary>
    public static Command Create(Host host) => new("maker", "Transaction makers: send what you sign, and are paid in tokens.")
    {
        Quote(host),
    };

    private static Command Quote(Host host)
    {
        var command = new Command("quote", "Ask what a transaction costs, in tokens.");
        var kind = new Argument<JobKind>("kind") { Description = "register, settle or recover." };
        var loan = new Option<bool>("--with-loan") { Description = "A registration with a loan or a beneficiary." };
        var rows = CommonOptions.Number("--promises", "Consumers' promises in a recovery.", 0, MaxRows, 0);
        command.Add(kind);
        command.Add(loan);
        command.Add(rows);
        var maker = TransactionMakerOptions.AddTo(command);
        var json = CommonOptions.Json();
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var api = maker.Open(parsed);
            var shape = new JobShape(parsed.GetValue(kind), parsed.GetValue(loan), parsed.GetValue(rows));
            var quote = await api.GetQuoteAsync(shape, cancellation);
            var until = DateTimeOffset.FromUnixTimeSeconds((long)quote.Quote.ValidUntil);
            host.Report(parsed.GetValue(json)).Facts(
                new { quote.Quote.Fee, ValidUntil = until, quote.TransactionMaker, quote.Registry, quote.ChainId },
                [
                    ("fee", $"{quote.Quote.Fee}"),
                    ("valid until", $"{until:u}"),
                    ("transaction maker", quote.TransactionMaker.ToChecksumString()),
                    ("registry", quote.Registry.ToChecksumString()),
                    ("chain", $"{quote.ChainId}"),
                ]);
            return ExitCode.Success;
        });
        return command;
    }
}
