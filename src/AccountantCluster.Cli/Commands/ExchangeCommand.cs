using System.CommandLine;
using AccountantCluster.Cli.Commands.Options;

namespace AccountantCluster.Cli.Commands;

/// <summary><c>exchange</c>: a provider brings its books and the accountant's to one state.</summary>
internal static class ExchangeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command(
            "exchange",
            "Providers: hand in what is unanswered, for instance after a crash, fetch the accountant's promise, reveal the last R, and show how things stand.");
        var options = AccountOptions.AddProvider(command, host);
        var json = CommonOptions.Json();
        command.Add(json);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var provider = await options.OpenProviderAsync(parsed, host, cancellation);
            await provider.Account.StartAsync(cancellation);
            var isClosed = await provider.Account.CloseSessionAsync(cancellation);
            var status = provider.Account.Status;
            host.Report(parsed.GetValue(json)).Facts(
                new { status.Gross, status.Owed, status.Promised, status.Settleable, status.Refused, status.Unanswered, Problem = $"{status.Problem}" },
                [
                    ("accepted, before the accountant's fee", $"{status.Gross}"),
                    ("owed by the accountant, by the provider's books", $"{status.Owed}"),
                    ("promised by the accountant", $"{status.Promised}"),
                    ("can be settled now", $"{status.Settleable}"),
                    ("refused and not written off", $"{status.Refused}"),
                    ("unanswered promises", $"{status.Unanswered}"),
                    ("problem", $"{status.Problem}"),
                ]);
            return isClosed ? ExitCode.Success : throw new CommandFailedException($"Something keeps the last R secret: {status.Problem}.");
        });
        return command;
    }
}
