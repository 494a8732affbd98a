using System.CommandLine;
using AccountantCluster.Cli.Admin;
using AccountantCluster.Cli.Commands.Options;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>admin</c>: what whoever runs a node does to single channels, over the node's own socket.</summary>
internal static class AdminCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host) => new("admin", "On a node's own machine: freeze consumer channels and look at them.")
    {
        Freeze(host, "freeze", "Refuse a consumer's new promises; repetitions and reveals go on.", frozen: true),
        Freeze(host, "unfreeze", "Take a consumer's promises again.", frozen: false),
        Show(host),
    };

    private static Command Freeze(Host host, string name, string description, bool frozen)
    {
        var (socket, identity, json) = (Socket(), CommonOptions.AddressArgument("identity", "The consumer."), CommonOptions.Json());
        var command = new Command(name, description) { identity, socket, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var admin = new AdminConnection(parsed.GetRequiredValue(socket));
            var consumer = parsed.GetRequiredValue(identity);
            var channel = await admin.FreezeAsync(consumer, frozen, cancellation);
            var report = host.Report(parsed.GetValue(json));
            report.Json(new { Identity = consumer, Channel = channel, Frozen = frozen });
            report.Say($"Channel {channel.ToChecksumString()} of {consumer.ToChecksumString()} is {(frozen ? "frozen" : "released")}.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(Host host)
    {
        var (socket, identity, json) = (Socket(), CommonOptions.AddressArgument("identity", "The consumer."), CommonOptions.Json());
        var command = new Command("channel", "Show how a consumer's channel stands in the node's books.") { identity, socket, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var admin = new AdminConnection(parsed.GetRequiredValue(socket));
            var channel = await admin.ShowAsync(parsed.GetRequiredValue(identity), cancellation);
            host.Report(parsed.GetValue(json)).Facts(
                channel,
                [
                    ("identity", channel.Identity.ToChecksumString()),
                    ("channel", channel.Channel.ToChecksumString()),
                    ("registered", YesOrNo(channel.Registered)),
                    ("deposited", $"{channel.Deposited}"),
                    ("promised", $"{channel.Promised}"),
                    ("settleable", $"{channel.Settleable}"),
                    ("credited", $"{channel.Credited}"),
                    ("settled", $"{channel.Settled}"),
                    ("frozen", YesOrNo(channel.Frozen)),
                    ("exiting", YesOrNo(channel.Exiting)),
                    ("consented exit", $"{channel.Consented}"),
                ]);
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<FileInfo> Socket() => new("--socket")
    {
        Description = "The node's admin.socket.",
        HelpName = "path",
        Required = true,
    };

    private static string YesOrNo(bool value) => value ? "yes" : "no";
}
