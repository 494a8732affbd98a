using System.Security.Cryptography;
using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Client.OnChain;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.Settlement;

/// <summary>Payments while settlements are disturbed in the middle, with all that must hold when they are over.</summary>
/// <param name="network">Where.</param>
/// <param name="lane">What the journal says of the transactions.</param>
/// <param name="output">Told what happened.</param>
internal sealed class DisturbedSettlement(LiveNetwork network, LaneJournal lane, ITestOutputHelper output)
{
    private const int Consumers = 3;
    private const int Providers = 2;
    private const ulong Gwei = 1_000_000_000;

    // Deeper than any reorganisation of these tests.
    private const int Beginning = 8;

    /// <summary>A round collects, pays and refills: each is ordered, and then done.</summary>
    public const int EventsPerRound = 6;

    /// <summary>Kills so often, while the chain does what it may, and waits until every unit has arrived.</summary>
    /// <param name="kills">As many as a round has events, or more: after each of them.</param>
    /// <param name="kill">Kills whoever settles.</param>
    /// <param name="goOn">Whoever goes on is there, or will be, when it returns.</param>
    public async Task KillAsync(int kills, Func<Task> kill, Func<Task> goOn)
    {
        await RunAsync(kills, async dice =>
        {
            await kill();
            var what = await DisturbAsync(dice);
            await goOn();
            return $"killed; then {what}";
        });
        await EveryNonceIsOrderedAsync();
    }

    /// <summary>Reorganises the chain so often, and waits until every unit has arrived.</summary>
    /// <param name="times">As many as a round has events, or more: after each of them.</param>
    /// <param name="deepest">Blocks that are others then, at most; what was in them is lost.</param>
    public Task ReorganiseAsync(int times, int deepest) => RunAsync(times, async dice =>
    {
        var depth = 1 + dice.Roll(deepest);
        await network.Chain.Anvil.ReorganiseAsync(depth);
        return $"the newest {depth} blocks are others";
    });

    private async Task RunAsync(int times, Func<Dice, Task<string>> disturb)
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"Seed {seed}.");
        var dice = new Dice((ulong)seed);
        var consumers = await network.AddConsumersAsync(Consumers, DemoScale.Deposit);
        var providers = Enumerable.Range(1, Providers).Select(number => new DemoProvider(number, network.Chain.Profile)).ToArray();
        foreach (var provider in providers) await BeginAsync(provider);
        // What is there before the first payment stays there.
        await network.Chain.Anvil.MineAsync(Beginning);

        using var stop = new CancellationTokenSource();
        var paying = PayAsync(consumers, providers, stop.Token);
        for (var number = 0; number < times; number++)
        {
            var next = await lane.CountEventsAsync() + 1 + (times >= EventsPerRound ? number : dice.Roll(EventsPerRound));
            await network.HoldsAsync(
                $"event {next} of the lane is stored", async () => await lane.CountEventsAsync() >= next || paying.IsCompleted);
            output.WriteLine($"After event {await lane.CountEventsAsync()}: {await disturb(dice)}.");
        }
        await stop.CancelAsync();
        await paying.WithinAsync(network, "every payment that has begun comes to its end");
        foreach (var provider in providers)
            Assert.True(await provider.Account.CloseSessionAsync().WithinAsync(network, $"{provider.Party.Name} closes its session"));

        await EveryUnitArrivesAsync(consumers, providers);
        foreach (var provider in providers) await provider.DisposeAsync();
        foreach (var consumer in consumers) consumer.Dispose();
    }

    private async Task BeginAsync(DemoProvider provider)
    {
        await network.TopUpAsync(provider.Party, DemoScale.Loan + DemoScale.RegistrationFee);
        await network.RegisterAsync(provider.Party, DemoScale.Loan, provider.Beneficiary);
        await provider.BeginAsync(network.Folder, network.Api, network.Chain, CancellationToken.None)
            .WithinAsync(network, $"{provider.Party.Name} opens its session");
    }

    // No order became two transactions, and none was sent beside the lane. What the lane fills with something of its own was an order's.
    private async Task EveryNonceIsOrderedAsync()
    {
        IReadOnlyList<LaneEvent> events = [];
        var sent = 0UL;
        try
        {
            await network.HoldsAsync("what was ordered is what was sent", async () =>
            {
                events = await lane.ReadAsync();
                sent = await network.Chain.Client.GetTransactionCountAsync(network.Chain.Operator.Address, BlockReference.Latest);
                return sent == (ulong)events.OfType<LaneEvent.Placed>().Count(placed => !placed.Attempt.Cancels);
            });
        }
        finally
        {
            output.WriteLine($"{sent} transactions were sent; the lane's journal:");
            foreach (var @event in events) output.WriteLine(Describe(@event));
        }
    }

    private static string Describe(LaneEvent @event) => @event switch
    {
        LaneEvent.Placed { Attempt.Cancels: true } filled => $"  {filled.Nonce} filled at {filled.Attempt.Head}: {filled.Attempt.Hash}",
        LaneEvent.Placed placed => $"  {placed.Nonce} placed at {placed.Attempt.Head}: {placed.Attempt.Hash}",
        LaneEvent.Replaced replaced => $"  {replaced.Nonce} replaced at {replaced.Attempt.Head}: {replaced.Attempt.Hash}",
        LaneEvent.Finished { Outcome: var end } => $"  {end.Nonce} {end.Kind} in {end.Block}: {end.Hash}",
        _ => $"  {@event}",
    };

    private static Task PayAsync(IReadOnlyList<DemoConsumer> consumers, DemoProvider[] providers, CancellationToken stop)
    {
        var tally = new PaymentTally();
        return Task.WhenAll(consumers.Select((consumer, number) => Task.Run(
            () => new ServiceSession(consumer, providers[number % providers.Length], tally).RunAsync(stop, CancellationToken.None),
            CancellationToken.None)));
    }

    // What a chain may do while nobody looks. The node waits for one confirmation, so that one block may go.
    private async Task<string> DisturbAsync(Dice dice)
    {
        var anvil = network.Chain.Anvil;
        switch (dice.Roll(4))
        {
            case 0:
                await anvil.DropTransactionsAsync(network.Chain.Operator.Address);
                return "what waited is dropped";
            case 1:
                await anvil.ReorganiseAsync(depth: 1);
                return "the newest block is another one";
            case 2:
                await anvil.SetNextBaseFeeAsync((long)(50 * Gwei));
                return "gas costs fifty times as much";
            default:
                return "nothing";
        }
    }

    private async Task EveryUnitArrivesAsync(IReadOnlyList<DemoConsumer> consumers, DemoProvider[] providers)
    {
        var reads = new ChannelReads(network.Chain.Client, network.Chain.Profile);
        foreach (var consumer in consumers)
        {
            await network.HoldsAsync($"what {consumer.Party.Name} promised is collected", async () =>
                (await reads.ReadConsumerAsync(consumer.Party.Identity)).Settled == consumer.Account.Promised);
        }
        foreach (var provider in providers)
        {
            await network.HoldsAsync($"{provider.Party.Name} is paid and its balance refilled", async () =>
                await reads.ReadProviderAsync(provider.Party.Identity) is var channel
                && channel.Settled == provider.Account.Status.Promised
                && channel.Balance == DemoScale.Loan);
            Assert.Equal(provider.Account.Status.Promised, await TokensOfAsync(provider.Beneficiary));
        }
        var fees = Sum(providers.Select(provider => DemoFee.On(provider.Account.Status.Gross)));
        var loans = Sum(providers.Select(_ => DemoScale.Loan));
        var gross = Sum(providers.Select(provider => provider.Account.Status.Gross));
        Assert.Equal(Sum(consumers.Select(consumer => consumer.Account.Promised)), gross);
        Assert.Equal(DemoScale.Stake + loans + fees, await TokensOfAsync(network.Chain.Profile.Accountant));
    }

    private Task<Amount> TokensOfAsync(Address account) =>
        network.Chain.Token.GetBalanceAsync(account, BlockReference.Latest).WithinAsync(network, "the chain answers");

    private static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
