using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;
using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>pay</c>: a consumer signs a promise for an invoice.</summary>
internal static class PayCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "pay",
            "Consumers: read an invoice, or a provider's rejection of the last promise, from standard input, and print a signed promise for the provider.");
        var provider = CommonOptions.AddressArgument("provider", "Whose service was used.");
        var most = CommonOptions.Amount("--at-most", "The most that was agreed on: what was used and is not paid yet.");
        command.Add(provider);
        command.Add(most);
        var options = AccountOptions.AddConsumer(command, host);
        command.SetAction(async (parsed, cancellation) =>
        {
            var line = await Task.Run(host.Input.ReadLine, CancellationToken.None).WaitAsync(cancellation)
                ?? throw new CommandFailedException("No invoice came on standard input.");
            using var consumer = await options.OpenConsumerAsync(parsed, host, cancellation);
            var promise = Sign(consumer.Account, line, parsed.GetRequiredValue(provider), parsed.GetValue(most));
            await host.Output.WriteLineAsync(promise.ToText());
            await host.Error.WriteLineAsync($"Promised {consumer.Account.Promised} of {consumer.Account.Deposited} units in all.");
            return ExitCode.Success;
        });
        return command;
    }

    private static SignedPromise Sign(ConsumerAccount account, string line, Address provider, Amount most)
    {
        try
        {
            return line.Contains("\"rejected\"", StringComparison.Ordinal)
                ? account.Resynchronise(Rejection.Parse(line))
                : account.Pay(Invoice.Parse(line), provider, most);
        }
        catch (FormatException problem)
        {
            throw new CommandFailedException($"Neither an invoice nor a rejection: {problem.Message}", problem);
        }
    }
}
