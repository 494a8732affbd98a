using System.CommandLine;
using AccountantCluster.Cli.Accounts;
using AccountantCluster.Cli.Commands.Options;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>invoice</c>: a provider asks for one payment and sees it through.</summary>
internal static class InvoiceCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "invoice",
            "Providers: ask a consumer for a payment. Prints an invoice for the consumer's `pay`, takes the promise from standard input, and exchanges it with the accountant.");
        var consumer = CommonOptions.AddressArgument("consumer", "Who is to pay.");
        var amount = CommonOptions.AmountArgument("Token base units.");
        command.Add(consumer);
        command.Add(amount);
        var options = AccountOptions.AddProvider(command, host);
        var json = CommonOptions.Json();
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var units = parsed.GetRequiredValue(amount);
            await using var provider = await options.OpenProviderAsync(parsed, host, cancellation);
            await provider.Account.StartAsync(cancellation);
            var (least, most) = (provider.Account.Terms.MinimumFirstPayment, provider.Account.Terms.ExposureLimit);
            if (units.IsZero || units < least || units > most)
                throw new CommandFailedException($"The accountant takes payments of {least} to {most} units; nothing was asked for.");
            var agreement = provider.Account.OpenAgreement(parsed.GetRequiredValue(consumer));
            var invoice = await provider.Account.InvoiceAsync(agreement, units, cancellation);
            await host.Output.WriteLineAsync(invoice.ToText());
            await host.Error.WriteLineAsync("Waiting for the consumer's promise, one line on standard input.");
            if (!await new PromiseDesk(host, provider.Account, agreement).ServeAsync(cancellation))
                throw new CommandFailedException("Not paid: the input ended before a promise was accepted.");

            if (!await provider.Account.CloseSessionAsync(cancellation))
                throw new CommandFailedException($"The promise was accepted, but its R stays secret: {provider.Account.Status.Problem}.");
            var status = provider.Account.Status;
            var report = host.Report(parsed.GetValue(json));
            report.Json(new { Consumer = agreement.Consumer, Paid = units, status.Promised, status.Settleable });
            report.Say($"Paid: {units} units. The accountant promises {status.Promised} in all; {status.Settleable} can be settled.");
            return ExitCode.Success;
        });
        return command;
    }
}
