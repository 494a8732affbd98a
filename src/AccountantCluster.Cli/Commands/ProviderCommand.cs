using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Commands.WayOut;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>provider</c>: provider channels, the receiving ones.</summary>
internal static class ProviderCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host) => new("provider", "Provider channels: what a provider is paid from.")
    {
        Show(host),
        ProviderStatementCommand.Create(host),
        ProviderRiskCommand.Create(host),
        ProviderWatchCommand.Create(host),
        ProviderEvidenceCommand.Create(host),
        ProviderRecoverCommand.Create(host),
    };

    private static Command Show(Host host)
    {
        var command = new Command("show", "Show what the chain says of a provider channel. Every address has one.");
        var identity = CommonOptions.AddressArgument("provider", "The provider.");
        command.Add(identity);
        var network = NetworkOptions.AddTo(command);
        var json = CommonOptions.Json();
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var open = await network.OpenAsync(parsed, cancellation);
            var provider = parsed.GetRequiredValue(identity);
            var block = await open.NewestBlockAsync(cancellation);
            var channel = await new ChannelReads(open.Client, open.Profile).ReadProviderAsync(provider, block, cancellation);
            var beneficiary = channel.Beneficiary.IsZero ? provider : channel.Beneficiary;
            host.Report(parsed.GetValue(json)).Facts(
                new
                {
                    Provider = provider,
                    Beneficiary = beneficiary,
                    channel.Settled,
                    channel.FeesPaid,
                    channel.Balance,
                    channel.Loan,
                    channel.Returned,
                    Block = block.Number,
                },
                [
                    ("provider", provider.ToChecksumString()),
                    ("beneficiary", beneficiary.ToChecksumString()),
                    ("settled", $"{channel.Settled}"),
                    ("of it to transaction makers", $"{channel.FeesPaid}"),
                    ("guaranteed balance", $"{channel.Balance}"),
                    ("loan", $"{channel.Loan}"),
                    ("at block", $"{block.Number}"),
                ]);
            return ExitCode.Success;
        });
        return command;
    }
}
