using System.Globalization;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Cli.Demo.Reckoning;
using Spectre.Console;

namespace AccountantCluster.Cli.Demo.Progress;

/// <summary>Tells what happens: a table that lives where a person looks at a terminal, plain lines everywhere else.</summary>
internal sealed class DemoProgress(Host host, bool asJson)
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    private readonly long _started = host.Time.GetTimestamp();

    /// <summary>One step, in one line.</summary>
    public void Say(string line)
    {
        lock (host) host.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,6:0.0} s  {line}"));
    }

    /// <summary>Shows the payments until they end.</summary>
    public Task WatchAsync(DemoParties parties, PaymentTally tally, Task payments) =>
        host.IsInteractive && !asJson ? LiveAsync(parties, tally, payments) : LinesAsync(parties, tally, payments);

    private TimeSpan Elapsed => host.Time.GetElapsedTime(_started);

    private async Task LinesAsync(DemoParties parties, PaymentTally tally, Task payments)
    {
        while (await Task.WhenAny(payments, Task.Delay(LineInterval, host.Time)) != payments)
            Say($"{Figures(tally)}, promised by consumers {Promised(parties)}, to providers {Held(parties)}.");
    }

    private async Task LiveAsync(DemoParties parties, PaymentTally tally, Task payments)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Output) });
        await console.Live(Draw(parties, tally)).AutoClear(true).StartAsync(async context =>
        {
            while (await Task.WhenAny(payments, Task.Delay(LiveInterval, host.Time)) != payments) context.UpdateTarget(Draw(parties, tally));
        });
    }

    private static Table Draw(DemoParties parties, PaymentTally tally)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Figures(tally));
        table.AddColumn("");
        table.AddColumn(new TableColumn("accepted").RightAligned());
        table.AddColumn(new TableColumn("promised by the accountant").RightAligned());
        table.AddColumn(new TableColumn("can be settled").RightAligned());
        foreach (var provider in parties.Providers)
        {
            var status = provider.Account.Status;
            table.AddRow(provider.Party.Name, $"{status.Gross}", $"{status.Promised}", $"{status.Settleable}");
        }
        return table;
    }

    private static string Figures(PaymentTally tally) =>
        $"{tally.Accepted} promises accepted, {tally.Rejected.Values.Sum()} refused";

    private static string Promised(DemoParties parties) => $"{ClientRecords.Sum(parties.Consumers.Select(consumer => consumer.Account.Promised))}";

    private static string Held(DemoParties parties) => $"{ClientRecords.Sum(parties.Providers.Select(provider => provider.Account.Status.Promised))}";
}
