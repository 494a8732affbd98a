using System.CommandLine;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Commands.Exits;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>channel</c>: consumer channels, the paying ones.</summary>
internal static class ChannelCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host) => new("channel", "Consumer channels: what a consumer pays from.")
    {
        ChannelAddressCommand.Create(host),
        TopUp(host),
        Show(host),
        ConsumerStatementCommand.Create(host),
        ExitCommand.Create(host),
    };

    private static Command TopUp(Host host)
    {
        var command = new Command("top-up", "Send tokens to a consumer channel; it need not exist yet.");
        var amount = CommonOptions.AmountArgument("Token base units.");
        command.Add(amount);
        var key = KeyOptions.AddTo(command, host, "whoever has the tokens");
        var network = NetworkOptions.AddTo(command);
        var identity = CommonOptions.Address("--identity", "Whose channel. [default: the key's own]");
        var json = CommonOptions.Json();
        command.Add(identity);
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var units = parsed.GetRequiredValue(amount);
            using var payer = key.Open(parsed, host);
            using var open = await network.OpenAsync(parsed, cancellation);
            var consumer = parsed.GetValue(identity) ?? payer.Address;
            var channel = open.Profile.ChannelOf(consumer);
            var there = await open.Token.GetBalanceAsync(payer.Address, BlockReference.Latest, cancellation);
            if (there < units)
                throw new CommandFailedException($"{payer.Address.ToChecksumString()} has {there} units. Nothing was sent.");
            using var lane = open.SenderOf(payer);
            var receipt = await new Funding(open.Client, open.Profile, lane).TopUpAsync(consumer, units, cancellation);
            var report = host.Report(parsed.GetValue(json));
            report.Json(new { Channel = channel, Amount = units, Transaction = receipt.TransactionHash });
            report.Say($"Sent {units} units to {channel.ToChecksumString()} in transaction {receipt.TransactionHash}.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(Host host)
    {
        var command = new Command("show", "Show what the chain says of a consumer channel.");
        var identity = CommonOptions.AddressArgument("identity", "The consumer.");
        command.Add(identity);
        var network = NetworkOptions.AddTo(command);
        var json = CommonOptions.Json();
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var open = await network.OpenAsync(parsed, cancellation);
            var consumer = parsed.GetRequiredValue(identity);
            var block = await open.NewestBlockAsync(cancellation);
            var channel = await new ChannelReads(open.Client, open.Profile).ReadConsumerAsync(consumer, block, cancellation);
            var deposited = channel.Balance + channel.Settled;
            host.Report(parsed.GetValue(json)).Facts(
                new
                {
                    Identity = consumer,
                    channel.Channel,
                    channel.IsRegistered,
                    Deposited = deposited,
                    channel.Settled,
                    channel.Balance,
                    Block = block.Number,
                },
                [
                    ("identity", consumer.ToChecksumString()),
                    ("channel", channel.Channel.ToChecksumString()),
                    ("registered", channel.IsRegistered ? "yes" : "no"),
                    ("deposited", $"{deposited}"),
                    ("settled", $"{channel.Settled}"),
                    ("balance", $"{channel.Balance}"),
                    ("at block", $"{block.Number}"),
                ]);
            return ExitCode.Success;
        });
        return command;
    }
}
