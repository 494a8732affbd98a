using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Cli.Commands.WayOut;

/// <summary><c>provider risk</c>: what a provider stands to lose with its accountant.</summary>
internal static class ProviderRiskCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "risk",
            "Show what a provider stands to lose with its accountant, by its own books and the chain: only its balance is guaranteed.");
        var options = AccountOptions.AddStorage(command, host);
        var json = CommonOptions.Json();
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var storage = await options.FindStorageAsync(parsed, host, cancellation);
            var reads = new ChannelReads(storage.Network.Client, storage.Network.Profile);
            var channel = await reads.ReadProviderAsync(storage.Key.Address, cancellation: cancellation);
            await using var account = storage.Open();
            account.SetChannel(channel);
            var risk = account.Status.Risk;
            host.Report(parsed.GetValue(json)).Facts(
                new
                {
                    risk.Promised,
                    risk.Settled,
                    risk.Loan,
                    risk.Balance,
                    risk.Unanswered,
                    risk.Refused,
                    Risk = risk.Total,
                },
                [
                    ("promised by the accountant", $"{risk.Promised}"),
                    ("settled of it", $"{risk.Settled}"),
                    ("loan", $"{risk.Loan}"),
                    ("guaranteed balance", $"{risk.Balance}"),
                    ("handed in, without a promise for it", $"{risk.Unanswered}"),
                    ("handed in and refused", $"{risk.Refused}"),
                    ("risk", $"{risk.Total}"),
                ]);
            return ExitCode.Success;
        });
        return command;
    }
}
