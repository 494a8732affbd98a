using System.CommandLine;
using AccountantCluster.Cli.Accounts;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands.Exits;

/// <summary>
/// <c>channel exit</c>: a consumer takes tokens back at once, with the operator's consent; below it are the ways without.
/// </summary>
internal static class ExitCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "exit",
            "Take tokens back at once, with the operator's consent: what is promised to nobody. Payments go on meanwhile, from what is "
            + "left. Without consent: exit request, and exit finalize 4 to 11 days later.")
        {
            ExitRequestCommand.Create(host),
            ExitFinalizeCommand.Create(host),
            ExitShowCommand.Create(host),
        };
        var options = AccountOptions.AddConsumer(command, host);
        var sender = options.Key.AddAnother(command, "--sender", "whoever sends the transaction and pays its gas [default: the consumer]");
        var amount = CommonOptions.OptionalAmount("--amount", "Token base units. [default: all that is promised to nobody]");
        var beneficiary = CommonOptions.Address("--to", "Where the tokens go. [default: the consumer]");
        var json = CommonOptions.Json();
        foreach (var option in (Option[])[amount, beneficiary, json]) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var consumer = await options.OpenConsumerAsync(parsed, host, cancellation);
            using var senderKey = sender.IsGiven(parsed) ? sender.Open(parsed, host) : null;
            using var api = options.Node.OpenApi(parsed, consumer.Network.File, consumer.Network.Profile);
            var report = host.Report(parsed.GetValue(json));
            var exit = await AskAsync(consumer, api, parsed.GetValue(amount), parsed.GetValue(beneficiary), host.Time, cancellation);
            report.Say(
                $"The operator consents to {exit.Message.Amount} units, until {ChainTime.ToText(exit.Message.Deadline)}. "
                + "If sending it fails, the same command sends it again.");
            using var lane = consumer.Network.SenderOf(senderKey ?? consumer.Key);
            var paid = await new ExitPayment(consumer.Network.Client, consumer.Network.Profile)
                .SendAsync(consumer.Key.Address, exit, lane, cancellation);
            await consumer.ReadChainAsync(cancellation);
            var (account, transaction) = (consumer.Account, paid.Log.TransactionHash);
            report.Json(new
            {
                Identity = account.Identity,
                account.Channel,
                paid.Beneficiary,
                paid.Paid,
                account.Promised,
                Spendable = account.Deposited.SaturatingSubtract(account.Promised),
                Transaction = transaction,
            });
            report.Say($"{paid.Beneficiary.ToChecksumString()} received {paid.Paid} in transaction {transaction}.");
            report.Say($"Promised {account.Promised} of {account.Deposited} units that are left in all.");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<ConsentedExit> AskAsync(
        OpenConsumer consumer, AccountantApi api, Amount? amount, Address? beneficiary, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await ConsentAsync(consumer, api, amount, beneficiary, time, cancellation);
        }
        catch (AccountantUnavailableException problem)
        {
            throw new CommandFailedException(
                $"{problem.Message} Ask again, or leave without the accountant: `accountant channel exit request`.", problem);
        }
    }

    private static async Task<ConsentedExit> ConsentAsync(
        OpenConsumer consumer, AccountantApi api, Amount? amount, Address? beneficiary, TimeProvider time, CancellationToken cancellation)
    {
        var (account, network) = (consumer.Account, consumer.Network);
        var onChain = new AccountantOnChain(network.Client, network.Profile.Accountant);
        if (account.Exit is { Message: var asked })
        {
            // It is signed and may be paid any time: another one beside it would be refused.
            if ((amount ?? asked.Amount, beneficiary ?? asked.Beneficiary) != (asked.Amount, asked.Beneficiary))
            {
                throw new CommandFailedException(
                    $"An exit of {asked.Amount} units to {asked.Beneficiary.ToChecksumString()} was signed before and holds until "
                    + $"{ChainTime.ToText(asked.Deadline)}: without --amount and --to this command sends that one.");
            }
            return await account.ExitAsync(
                api, onChain, asked.Beneficiary, asked.Amount, asked.Nonce, asked.Deadline, cancellation);
        }
        var free = await FreeAsync(consumer, api, cancellation);
        var units = amount ?? free;
        if (units.IsZero || units > free)
        {
            var why = units.IsZero ? "so that nothing can leave" : $"not {units}";
            throw new CommandFailedException($"{free} units are promised to nobody, {why}. Nothing was signed.");
        }
        return await account.ExitAsync(
            api,
            onChain,
            beneficiary ?? account.Identity,
            units,
            consumer.Standing.Channel.Nonce,
            Deadline.After(consumer.Standing.Block, time, ExitDeadline.Validity),
            cancellation);
    }

    // By the accountant's word, too: another device of the same consumer may have promised more.
    private static async Task<Amount> FreeAsync(OpenConsumer consumer, AccountantApi api, CancellationToken cancellation)
    {
        var account = consumer.Account;
        if (!consumer.Standing.Channel.IsRegistered)
            throw new CommandFailedException($"The channel {account.Channel.ToChecksumString()} is not registered: nothing can leave yet.");
        var word = (await api.GetChannelAsync(consumer.Key, cancellation)).Consumer
            ?? throw new CommandFailedException("The accountant does not know the channel yet: ask again once its block is confirmed.");
        if (word.LatestPromise is { } latest) account.GoOnFrom(latest);
        return account.Deposited.SaturatingSubtract(account.Promised);
    }
}
