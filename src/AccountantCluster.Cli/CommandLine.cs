using System.CommandLine;
using AccountantCluster.Cli.Commands;

namespace AccountantCluster.Cli;

/// <summary>From arguments to an exit code (<see cref="ExitCode"/>). Nothing escapes: a failure is one line on standard error.</summary>
internal static class CommandLine
{
    private const string Description =
        """
        Accounts of a micropayment network: keys, contracts, channels, payments, settlement.

        Exit codes: 0 done; 1 refused or failed, standard error says why; 2 wrong usage; 130 interrupted.
        Amounts are whole numbers of token base units.
        Passwords are asked for or read from a file, never taken from arguments or the environment.
        """;

    /// <summary>Runs one command.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Host host, CancellationToken cancellation)
    {
        var parsed = Root(host).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await host.Error.WriteLineAsync(error.Message);
            await host.Error.WriteLineAsync("See --help.");
            return ExitCode.Usage;
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = host.Output,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Whatever failed, failed because it was told to stop.
            await host.Error.WriteLineAsync("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception problem)
        {
            await host.Error.WriteLineAsync(Failures.Describe(problem));
            return ExitCode.Failure;
        }
    }

    private static RootCommand Root(Host host) => new(Description)
    {
        KeysCommand.Create(host),
        CertificatesCommand.Create(host),
        NetworkCommand.Create(host),
        IdentityCommand.Create(host),
        ChannelCommand.Create(host),
        ProviderCommand.Create(host),
        InvoiceCommand.Create(host),
        PayCommand.Create(host),
        ExchangeCommand.Create(host),
        SettleCommand.Create(host),
        MakerCommand.Create(host),
        AdminCommand.Create(host),
        DemoCommand.Create(host),
    };
}
