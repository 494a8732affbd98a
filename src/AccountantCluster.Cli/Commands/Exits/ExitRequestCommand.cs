using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Cli.Commands.Exits;

/// <summary><c>channel exit request</c>: announces that a consumer takes its tokens back, without anybody's consent.</summary>
internal static class ExitRequestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "request",
            "Announce on chain that all tokens leave, without consent. For 4 days what was promised is still settled, and nothing new is "
            + "accepted; in the 7 days after that exit finalize pays out what is left; then the request lapses.");
        var key = KeyOptions.AddTo(command, host, "the consumer");
        var sender = key.AddAnother(command, "--sender", "whoever sends the transaction and pays its gas [default: the consumer]");
        var network = NetworkOptions.AddTo(command);
        var beneficiary = CommonOptions.Address("--to", "Where the tokens will go. [default: the consumer]");
        var replace = new Option<bool>("--replace") { Description = "Take the place of a request that is open: its 4 days begin again." };
        var json = CommonOptions.Json();
        foreach (var option in (Option[])[beneficiary, replace, json]) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var consumer = key.Open(parsed, host);
            using var senderKey = sender.IsGiven(parsed) ? sender.Open(parsed, host) : null;
            using var open = await network.OpenAsync(parsed, cancellation);
            using var lane = open.SenderOf(senderKey ?? consumer);
            var exits = new UnilateralExit(open.Client, open.Profile);
            var standing = await exits.ReadAsync(consumer.Address, cancellation);
            MayRequest(standing, parsed.GetValue(replace));
            var request = SignedExitRequest.Sign(
                open.Profile,
                consumer,
                parsed.GetValue(beneficiary) ?? consumer.Address,
                standing.Channel.Nonce,
                Deadline.After(standing.Block, host.Time, ExitDeadline.Validity));
            var requested = await exits.RequestAsync(request, lane, cancellation);
            var report = host.Report(parsed.GetValue(json));
            report.Json(new
            {
                Identity = consumer.Address,
                standing.Channel.Channel,
                requested.Beneficiary,
                requested.FinalizableAt,
                requested.LapsesAt,
                Transaction = requested.Log.TransactionHash,
            });
            report.Say($"Requested in transaction {requested.Log.TransactionHash}.");
            report.Say($"From {ChainTime.ToText(requested.FinalizableAt)}: `accountant channel exit finalize` pays all that is left");
            report.Say($"to {requested.Beneficiary.ToChecksumString()},");
            report.Say($"until {ChainTime.ToText(requested.LapsesAt)}: then the request lapses.");
            report.Say("Meanwhile the accountant accepts nothing new, and whatever was promised can still be settled out of the channel.");
            return ExitCode.Success;
        });
        return command;
    }

    private static void MayRequest(ExitStanding standing, bool replace)
    {
        var channel = standing.Channel;
        if (!channel.IsRegistered)
            throw new CommandFailedException($"The channel {channel.Channel.ToChecksumString()} is not registered: nothing can leave yet.");
        if (replace || channel.ExitRequest is not { } request || standing.Stage == ExitStage.Lapsed) return;
        throw new CommandFailedException(
            $"An exit is requested: it can be finalised from {ChainTime.ToText(request.FinalizableAt)} to "
            + $"{ChainTime.ToText(request.LapsesAt)}. With --replace a new request begins the 4 days again.");
    }
}
