using System.Diagnostics;
using AccountantCluster.Cli.Demo;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Checks;
using AccountantCluster.Reliability.Faults;
using AccountantCluster.Reliability.Histories;
using AccountantCluster.Reliability.Journals;
using AccountantCluster.Reliability.Load;
using AccountantCluster.Reliability.Network;
using AccountantCluster.TestKit;
using Npgsql;

namespace AccountantCluster.Reliability.Runs;

/// <summary>One seed: new consumers and providers pay while its schedule happens; then everything is healed, comes to rest, and is checked.</summary>
internal sealed class SeedRun(ChaosNetwork network, Schedule schedule, Action<string> tell)
{
    private const int Consumers = 24;

    // As many as may have unrevealed credit with one consumer channel (K).
    private const int Providers = 8;
    private const int DoubleSpends = 4;
    private const int DoubleSpendsWithin = 25_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Dice _dice = new(~schedule.Seed);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Runs it. What must never be is in the result; an exception is a fault of the harness.</summary>
    public async Task<SeedResult> RunAsync()
    {
        var honest = await network.AddConsumersAsync(Consumers, DemoScale.Deposit);
        var cheats = await network.AddConsumersAsync(DoubleSpends, DemoScale.CheatsDeposit);
        var consumers = honest.Concat(cheats).ToArray();
        var identities = consumers.ToDictionary(consumer => consumer.Channel, consumer => consumer.Identity);
        var recorder = new Recorder();
        var began = Stopwatch.GetTimestamp();
        var providers = Enumerable.Range(0, Providers).Select(number => NewProvider(number, honest, recorder)).ToArray();
        var cheated = Enumerable.Range(0, 2).Select(number => NewDesk(number, recorder)).ToArray();
        var paid = providers.Select(provider => provider.Identity).Concat(cheated.Select(desk => desk.Identity)).ToArray();
        var problems = new List<Violation>();
        try
        {
            await HoldsAsync("the nodes see every deposit", async () => SeesDeposits(consumers, await ReadAsync(identities, [])));
            await LoadAsync(providers, [.. cheats.Select(cheat => new DoubleSpend(cheat, cheated))]);
            await HoldsAsync("all credits have reached their providers", async () => IsAtRest(await ReadAsync(identities, paid)));
        }
        catch (Exception problem) when (problem is TimeoutException or OperationCanceledException or ProcessFailedException)
        {
            var said = network.Nodes.Select(node => $"node {node.Number}: {Describe(node)}");
            problems.Add(new Violation(ViolationKind.NotRecovered, problem.Message, [.. said]));
        }
        finally
        {
            foreach (var provider in providers) await provider.DisposeAsync();
            foreach (var (_, desk) in cheated) await desk.DisposeAsync();
        }

        var history = recorder.ToHistory(
            consumers.ToDictionary(consumer => consumer.Identity, consumer => consumer.Deposit),
            cheats.Select(cheat => cheat.Identity).ToHashSet());
        StoredBooks? books = null;
        await HoldsAsync("the database can be read", async () => (books = await ReadAsync(identities, paid)) is not null);
        problems.AddRange(Checker.Check(history, books!, DemoFee.On));
        if (network.Relay.Strangers > 0)
            problems.Add(new Violation(ViolationKind.NotRecovered, "the relay met a connection that it does not know", []));
        foreach (var consumer in consumers) consumer.Dispose();
        return Sum(history, [.. network.Nodes.SelectMany(node => node.StartsSince(began))], problems);
    }

    private async Task LoadAsync(PaidProvider[] providers, DoubleSpend[] cheats)
    {
        using var stop = new CancellationTokenSource();
        using var abort = new CancellationTokenSource();
        var paying = Task.WhenAll(providers.Select(provider => Task.Run(() => provider.RunAsync(stop.Token, abort.Token)))
            .Concat(cheats.Select(async cheat =>
            {
                await Task.Delay(_dice.Roll(DoubleSpendsWithin), abort.Token);
                await cheat.RunAsync(abort.Token);
            })));
        try
        {
            using var injector = new FaultInjector(network, tell);
            await injector.RunAsync(schedule, CancellationToken.None);
            tell("all faults are undone");
            await Task.WhenAll(network.Nodes.Select(node => node.RunningAsync()));
            await stop.CancelAsync();
            abort.CancelAfter(Patience);
            await paying;
            abort.CancelAfter(Patience);
            await Task.WhenAll(providers.Select((provider, number) =>
                provider.FinishAsync(number % ChaosNetwork.NodeCount, abort.Token)));
            tell("everything is answered");
        }
        finally
        {
            await abort.CancelAsync();
            await ((Task)paying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private PaidProvider NewProvider(int number, IReadOnlyList<PayingConsumer> consumers, Recorder recorder)
    {
        var party = network.NewParty("provider");
        var desk = new Desk(party, network.Chain, network.Connections, number % ChaosNetwork.NodeCount, recorder);
        return new PaidProvider(party, desk, network.Chain, consumers, recorder, _dice.Split());
    }

    private (Address Identity, Desk Desk) NewDesk(int number, Recorder recorder)
    {
        var party = network.NewParty("cheated provider");
        return (party.Identity, new Desk(party, network.Chain, network.Connections, number % ChaosNetwork.NodeCount, recorder));
    }

    private SeedResult Sum(History history, IReadOnlyList<NodeStart> starts, IReadOnlyList<Violation> problems)
    {
        var planned = schedule.Faults.Count(fault => fault.Kind == FaultKind.Kill)
            + (ChaosNetwork.NodeCount * schedule.Faults.Count(fault => fault.Kind == FaultKind.RollingRestart));
        return new SeedResult(
            schedule,
            problems,
            Measures.Acknowledged(history),
            history.Calls.Count,
            history.Calls.Count(call => call.Answer is null),
            starts.Count,
            Math.Max(0, starts.Count - planned),
            Measures.LongestUnavailable(history),
            Measures.LongestRecovery(history, starts));
    }

    private Task<StoredBooks> ReadAsync(IReadOnlyDictionary<Address, Address> consumers, IReadOnlyList<Address> providers) =>
        network.Journal.ReadAsync(consumers, providers, CancellationToken.None);

    private static bool SeesDeposits(IReadOnlyList<PayingConsumer> consumers, StoredBooks books) => consumers.All(consumer =>
        books.Consumers.GetValueOrDefault(consumer.Identity, []).OfType<ConsumerEntry.Observed>().LastOrDefault()?.Deposited
            == consumer.Deposit);

    private static bool IsAtRest(StoredBooks books)
    {
        var credited = books.Consumers.Values.SelectMany(entries => entries).OfType<ConsumerEntry.Accepted>()
            .Aggregate(Amount.Zero, (sum, accepted) => sum + accepted.Delta);
        var counted = books.Providers.Values.SelectMany(entries => entries).OfType<ProviderEntry.Credited>()
            .SelectMany(event_ => event_.Credits).Aggregate(Amount.Zero, (sum, credit) => sum + (credit.To - credit.From));
        return credited == counted;
    }

    private async Task HoldsAsync(string what, Func<Task<bool>> isSo)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!await IsSoAsync(isSo))
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s, {Stopwatch.GetElapsedTime(_start)} in: {what}.");
            await Task.Delay(Interval);
        }
    }

    // A connection of the pool may be from before a restart of the server.
    private static async Task<bool> IsSoAsync(Func<Task<bool>> isSo)
    {
        try
        {
            return await isSo();
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string Describe(ClusterNode node) => node.RunningAsync() is { IsCompletedSuccessfully: true } running
        ? running.Result.Process.OutputTail
        : "does not run";
}
