using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Cli.Commands.Exits;

/// <summary><c>channel exit finalize</c>: pays out what a requested exit has left.</summary>
internal static class ExitFinalizeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "finalize", "Pay out what is left in a channel, 4 to 11 days after exit request. Anybody may send it; the channel works on.");
        var key = KeyOptions.AddTo(command, host, "whoever sends the transaction and pays its gas");
        var network = NetworkOptions.AddTo(command);
        var identity = CommonOptions.Address("--identity", "Whose channel. [default: the key's own]");
        var json = CommonOptions.Json();
        command.Add(identity);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var payer = key.Open(parsed, host);
            using var open = await network.OpenAsync(parsed, cancellation);
            using var lane = open.SenderOf(payer);
            var consumer = parsed.GetValue(identity) ?? payer.Address;
            var paid = await new UnilateralExit(open.Client, open.Profile).FinalizeAsync(consumer, lane, cancellation);
            var (report, transaction) = (host.Report(parsed.GetValue(json)), paid.Log.TransactionHash);
            report.Json(new
            {
                Identity = consumer,
                Channel = open.Profile.ChannelOf(consumer),
                paid.Beneficiary,
                paid.Paid,
                Transaction = transaction,
            });
            report.Say($"{paid.Beneficiary.ToChecksumString()} received {paid.Paid} in transaction {transaction}.");
            report.Say("The channel is empty and works on: tokens that are sent there can be promised again.");
            return ExitCode.Success;
        });
        return command;
    }
}
