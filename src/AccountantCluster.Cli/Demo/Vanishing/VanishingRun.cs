using AccountantCluster.Cli.Demo.Departures;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Cli.Demo.Progress;
using AccountantCluster.Cli.Demo.Reckoning;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Vanishing;

/// <summary>
/// Two accountants, each with consumers of its own, and providers that earn from both. One of the two vanishes in mid-stream; the providers
/// go on with the other, and cash on chain what the one that is gone had promised.
/// </summary>
internal sealed class VanishingRun(DemoOptions options, DemoProgress progress, TimeProvider time)
{
    private readonly PaymentTally _tally = new();
    private Amount _earnedBefore;
    private TimeSpan _streamed;

    /// <summary>The closing audit; null where the demo failed before it.</summary>
    public VanishingAudit? Audit { get; private set; }

    /// <summary>Runs it. A failure ends it early and is named in the result; nothing is thrown but the interruption.</summary>
    /// <param name="folder">Where the first accountant's side is written.</param>
    /// <param name="otherFolder">Where the second one's is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<VanishingResult> RunAsync(DemoFolder folder, DemoFolder otherFolder, CancellationToken cancellation)
    {
        var providers = Enumerable.Range(0, DemoScale.Providers).Select(_ => PrivateKey.Generate()).ToArray();
        try
        {
            await using var chain = await DemoChain.StartAsync(progress.Say, cancellation);
            await using var otherChain = await chain.AddAccountantAsync(cancellation);
            progress.Say($"Deployed token, registry and two accountants; minted {DemoScale.Minted} units.");
            await using var stays = await AccountantSide.StartAsync(
                options, chain, folder, firstConsumer: 1, providers, vanishes: false, progress.Say, time, cancellation);
            await using var vanishes = await AccountantSide.StartAsync(
                options,
                otherChain,
                otherFolder,
                1 + DemoScale.ConsumersOfEach,
                providers,
                vanishes: true,
                progress.Say,
                time,
                cancellation);
            progress.Say(
                $"Registered {DemoScale.ConsumersOfEach} consumers with each, and {DemoScale.Providers} providers with both.");
            var wallets = Wallets(stays, vanishes);
            await StreamAsync(stays, vanishes, cancellation);
            stays.Nodes.MustRun();
            await new Closing(stays.Chain, stays.Parties, stays.Nodes, progress.Say, time).RunAsync(cancellation);
            // Within the notice that a consumer of its had to give.
            await new Leaving(vanishes.Chain, time).RequestAsync(vanishes.Parties.Departures.Single(), cancellation);
            var settled = await new WayOut(vanishes, time).RunAsync(cancellation);
            progress.Say("The providers collected and settled on chain what the vanished accountant had promised, without it.");
            var leaver = vanishes.Parties.Departures.Single();
            await new Leaving(vanishes.Chain, time).FinalizeAsync(leaver, cancellation);
            progress.Say($"4 days of the chain's clock later {leaver.Consumer.Party.Name} took back all that was not collected of it.");
            Audit = await VanishingAudit.ReadAsync(stays, vanishes, wallets, settled, _earnedBefore, cancellation);
            var wrong = Audit.Checks.Where(check => !check.Holds).Select(check => check.Claim).ToArray();
            return Result(wrong.Length == 0 ? null : $"Not so: {string.Join("; ", wrong)}.");
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            return Result(Failures.Describe(problem));
        }
    }

    // The accounts are the parties' and go with them; what a wallet adds is the sum.
    private static ProviderWallet[] Wallets(AccountantSide stays, AccountantSide vanishes) =>
    [
        .. stays.Parties.Providers.Zip(vanishes.Parties.Providers, (one, other) =>
        {
            var wallet = new ProviderWallet();
            wallet.Add(one.Account);
            wallet.Add(other.Account);
            return wallet;
        }),
    ];

    private async Task StreamAsync(AccountantSide stays, AccountantSide vanishes, CancellationToken cancellation)
    {
        using var stop = new CancellationTokenSource(options.Streaming, time);
        using var gone = new CancellationTokenSource();
        var began = time.GetTimestamp();
        progress.Say($"Streaming payments for {options.Streaming.TotalSeconds} s, with both accountants.");
        var all = Together.RunAsync(
            [
                end => PaymentStreams.RunAsync(stays.Parties, _tally, stop.Token, end),
                end => UntilGoneAsync(vanishes, stop.Token, gone.Token, end),
                end => VanishAsync(stays, vanishes, gone, end),
            ],
            cancellation);
        await progress.WatchAsync(stays.Parties, _tally, all);
        _streamed = time.GetElapsedTime(began);
        await all;
        progress.Say($"{_tally.Accepted} promises were accepted by the two, and by the one that stayed to the end.");
    }

    // Whoever is answered by nobody waits, and is told to give up.
    private async Task UntilGoneAsync(AccountantSide vanishes, CancellationToken stop, CancellationToken gone, CancellationToken end)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, end);
        try
        {
            await PaymentStreams.RunAsync(vanishes.Parties, _tally, stop, either.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            end.ThrowIfCancellationRequested();
        }
    }

    private async Task VanishAsync(
        AccountantSide stays, AccountantSide vanishes, CancellationTokenSource gone, CancellationToken cancellation)
    {
        await Task.Delay(options.Streaming / 2, time, cancellation);
        foreach (var provider in vanishes.Parties.Providers)
        {
            await Waiting.UntilAsync(
                $"{provider.Party.Name} has earned from both",
                () => Task.FromResult(provider.Account.Settleable is not null),
                time,
                cancellation);
        }
        await vanishes.Nodes.VanishAsync(cancellation);
        _earnedBefore = GrossOf(stays);
        progress.Say("The second accountant has vanished: its nodes were killed in mid-stream.");
        await gone.CancelAsync();
        foreach (var provider in vanishes.Parties.Providers)
        {
            // What it was not told about will not be paid, and keeps no R secret.
            foreach (var consumer in vanishes.Parties.Consumers) provider.Account.WriteOff(consumer.Party.Identity);
        }
    }

    private static Amount GrossOf(AccountantSide side) =>
        ClientRecords.Sum(side.Parties.Providers.Select(provider => provider.Account.Status.Gross));

    private VanishingResult Result(string? failure) => new(
        Accountants: 2,
        _tally.Accepted,
        Audit?.EarnedAfterwards ?? Amount.Zero,
        Audit?.Providers ?? [],
        DemoScale.Minted,
        Audit?.Balances ?? new Dictionary<string, Amount>(),
        Audit?.Checks.All(check => check.Holds) ?? false,
        Math.Round(_streamed.TotalSeconds, 1),
        failure);
}
