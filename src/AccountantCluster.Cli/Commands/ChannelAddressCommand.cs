using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Cli.Networks;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>channel address</c>: where to send tokens before anything is registered, and how many.</summary>
internal static class ChannelAddressCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "address",
            "Show the address of a consumer channel, which tokens may be sent to before it exists, and what must lie there to register. "
            + "Asks the chain only for what the network file does not say.");
        var identity = CommonOptions.AddressArgument("identity", "The consumer.");
        command.Add(identity);
        var network = NetworkOptions.AddTo(command);
        var loan = CommonOptions.Amount("--loan", "Providers: tokens to lend to the accountant at the registration.", Amount.Zero);
        var fee = CommonOptions.Amount("--fee", "Tokens that whoever sends the registration gets.", Amount.Zero);
        var json = CommonOptions.Json();
        foreach (var option in (Option[])[loan, fee, json]) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var file = network.Read(parsed);
            var isOffline = file is { Profile: not null, RegistrationFee: not null };
            var (profile, registration) = isOffline ? (file.Profile!, file.RegistrationFee!.Value) : await AskAsync(file, cancellation);
            var consumer = parsed.GetRequiredValue(identity);
            var (lent, forSender) = (parsed.GetValue(loan), parsed.GetValue(fee));
            var (channel, needed) = (profile.ChannelOf(consumer), Sum(registration, lent, forSender));
            host.Report(parsed.GetValue(json)).Facts(
                new
                {
                    Identity = consumer,
                    Channel = channel,
                    NeededToRegister = needed,
                    RegistrationFee = registration,
                    Loan = lent,
                    Fee = forSender,
                    IsOffline = isOffline,
                },
                [
                    ("identity", consumer.ToChecksumString()),
                    ("channel", channel.ToChecksumString()),
                    ("needed there to register", $"{needed} ({registration} registration fee, {lent} loan, {forSender} for the sender)"),
                    ("by the word of", isOffline ? "the network file alone" : "the chain"),
                ]);
            return ExitCode.Success;
        });
        return command;
    }

    private static Amount Sum(params ReadOnlySpan<Amount> parts)
    {
        var sum = Amount.Zero;
        foreach (var part in parts)
        {
            if (!sum.TryAdd(part, out sum)) throw new CommandFailedException("No channel can hold that much.");
        }
        return sum;
    }

    private static async Task<(AccountantProfile Profile, Amount RegistrationFee)> AskAsync(
        NetworkFile file, CancellationToken cancellation)
    {
        using var open = await OpenNetwork.OpenAsync(file, cancellation);
        var registry = new RegistryContract(open.Client, open.Profile.Registry);
        return (open.Profile, await registry.GetRegistrationFeeAsync(BlockReference.Latest, cancellation));
    }
}
