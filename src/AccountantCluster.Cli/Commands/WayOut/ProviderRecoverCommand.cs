using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Output;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands.WayOut;

/// <summary>
/// <c>provider recover</c>: leaves an accountant without its help, with nothing but the evidence file, an Ethereum node and a key.
/// </summary>
internal static class ProviderRecoverCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "recover",
            "Leave an accountant without its help: collect, settle, and take the loan back. Needs the evidence file, an Ethereum node and "
            + "the provider's key; with any other key that has ether, what is public already is recovered for the provider. It publishes "
            + "the Rs of windows under which nothing is unanswered: stop the provider's program before. It may be repeated at any time. "
            + "Fails where something stays open, and says what.");
        var evidence = new Option<FileInfo>("--evidence")
        {
            Description = "The evidence file, from `accountant provider evidence`.",
            HelpName = "file",
            Required = true,
        };
        var rpc = CommonOptions.Url("--rpc", "JSON-RPC address of the chain.", required: true);
        command.Add(evidence);
        command.Add(rpc);
        var key = KeyOptions.AddTo(command, host, "the provider, or of whoever helps it");
        var sender = key.AddAnother(command, "--sender", "whoever sends the transactions and pays their gas [default: the key]");
        var maker = TransactionMakerOptions.AddTo(command);
        var returnLoan = new Option<bool>("--return-loan") { Description = "Take the loan back, too." };
        var openUnanswered = new Option<bool>("--open-unanswered")
        {
            Description = "Open windows, too, under which something is unanswered or refused: the accountant can collect that then.",
        };
        var minimumRow = CommonOptions.Amount("--minimum-row", "Leave consumers' promises out that bring less.", new Amount(1));
        var confirmations = CommonOptions.Number("--confirmations", "Blocks on top of a transaction before it counts.", 0, 100, 1);
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what is open, and send nothing." };
        var json = CommonOptions.Json();
        foreach (var option in (Option[])[returnLoan, openUnanswered, minimumRow, confirmations, dryRun, json]) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var stored = EvidenceFile.Read(parsed.GetRequiredValue(evidence).FullName);
            foreach (var flaw in stored.Flaws) await host.Error.WriteLineAsync($"Left out: {flaw.Where}: {flaw.What}");
            using var client = new JsonRpcEthereumClient(parsed.GetRequiredValue(rpc)!);
            using var own = key.Open(parsed, host);
            using var other = sender.IsGiven(parsed) ? sender.Open(parsed, host) : null;
            var report = host.Report(parsed.GetValue(json));
            report.Say($"Evidence of {stored.WrittenAt:u}; what came later is not in it.");
            var isProvider = own.Address == stored.Evidence.Provider;
            if (!isProvider) report.Say("The key is not the provider's: what is public already is recovered, and no more.");
            if (!isProvider && parsed.GetValue(returnLoan))
                throw new CommandFailedException("A loan is returned by the provider's own key alone. Nothing was sent.");

            var sending = new TransactionSenderOptions { Confirmations = parsed.GetValue(confirmations) };
            using var lane = new TransactionSender(client, other ?? own, stored.Evidence.Profile.ChainId, sending);
            using var api = maker.IsGiven(parsed) ? maker.Open(parsed) : null;
            if (api is not null && !isProvider)
                throw new CommandFailedException("A transaction maker is paid by the provider's own key alone. Nothing was sent.");
            ISettlementRoute route = api is null
                ? new OwnKeyRoute(client, stored.Evidence.Profile, lane)
                : maker.Route(api, client, stored.Evidence.Profile, own, parsed, report);
            var recovery = new ProviderRecovery(client, stored.Evidence, route);
            var choices = new RecoveryOptions
            {
                ReturnLoan = parsed.GetValue(returnLoan),
                OpenUnanswered = parsed.GetValue(openUnanswered),
                MinimumRow = parsed.GetValue(minimumRow),
            };
            if (api is not null) choices = choices with { RowsPerTransaction = new JobLimits().RowsPerRecovery };
            var provider = isProvider ? own : null;
            if (!parsed.GetValue(dryRun)) return await EndAsync(host, report, await recovery.RunAsync(provider, choices, cancellation));
            await EndAsync(host, report, await recovery.PreviewAsync(provider, choices, cancellation));
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> EndAsync(Host host, Report report, RecoveryReport result)
    {
        report.Facts(
            new
            {
                result.Transactions,
                result.CollectedRows,
                result.Collected,
                result.Paid,
                result.Fees,
                result.Returned,
                result.Beneficiary,
                result.Unsettled,
                result.Loan,
                result.Balance,
                result.RowsLeft,
                result.Open,
                result.FailedRows,
            },
            [
                .. result.Transactions.Select(transaction => ("transaction", $"{transaction}")),
                ("collected from consumers", $"{result.Collected} by {result.CollectedRows} promises"),
                ("paid", $"{result.Paid}"),
                ("of it to transaction makers", $"{result.Fees}"),
                ("returned of the loan", $"{result.Returned}"),
                ("received by", result.Beneficiary.ToChecksumString()),
                ("promised, and still open", $"{result.Unsettled}"),
                ("still lent", $"{result.Loan}"),
                ("consumers' promises that were not needed", $"{result.RowsLeft}"),
            ]);
        foreach (var failed in result.FailedRows) await host.Error.WriteLineAsync(failed);
        foreach (var open in result.Open) await host.Error.WriteLineAsync(open);
        return result.Open.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }
}
