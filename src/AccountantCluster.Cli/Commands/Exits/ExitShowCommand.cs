using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Cli.Commands.Exits;

/// <summary><c>channel exit show</c>: how far an exit without consent is.</summary>
internal static class ExitShowCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command("show", "Show how far an exit without consent is, by the chain and its clock.");
        var identity = CommonOptions.AddressArgument("identity", "The consumer.");
        command.Add(identity);
        var network = NetworkOptions.AddTo(command);
        var json = CommonOptions.Json();
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var open = await network.OpenAsync(parsed, cancellation);
            var consumer = parsed.GetRequiredValue(identity);
            var standing = await new UnilateralExit(open.Client, open.Profile).ReadAsync(consumer, cancellation);
            var (channel, request) = (standing.Channel, standing.Channel.ExitRequest);
            host.Report(parsed.GetValue(json)).Facts(
                new
                {
                    Identity = consumer,
                    channel.Channel,
                    Stage = Name(standing.Stage),
                    request?.Beneficiary,
                    request?.FinalizableAt,
                    request?.LapsesAt,
                    channel.Balance,
                    Block = standing.Block.Number,
                    Time = standing.Block.Timestamp,
                },
                [
                    ("identity", consumer.ToChecksumString()),
                    ("channel", channel.Channel.ToChecksumString()),
                    ("stage", Describe(standing.Stage)),
                    ("goes to", request?.Beneficiary.ToChecksumString() ?? ""),
                    ("can be finalised from", request is null ? "" : ChainTime.ToText(request.FinalizableAt)),
                    ("until", request is null ? "" : ChainTime.ToText(request.LapsesAt)),
                    ("balance", $"{channel.Balance}"),
                    ("at block", $"{standing.Block.Number}, {ChainTime.ToText(standing.Block.Timestamp)}"),
                ]);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Name(ExitStage stage) => stage switch
    {
        ExitStage.Notice => "notice",
        ExitStage.Due => "due",
        ExitStage.Lapsed => "lapsed",
        _ => "none",
    };

    private static string Describe(ExitStage stage) => stage switch
    {
        ExitStage.Notice => "requested; what was promised is still settled, and nothing is paid out yet",
        ExitStage.Due => "due: exit finalize pays out what is left",
        ExitStage.Lapsed => "lapsed: it takes a new request",
        _ => "nothing is requested",
    };
}
