using AccountantCluster.Cli.Demo.Attacks;
using AccountantCluster.Cli.Demo.Departures;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Payments;
using AccountantCluster.Cli.Demo.Progress;
using AccountantCluster.Cli.Demo.Reckoning;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo;

/// <summary>One demo from the first block to the last token.</summary>
internal sealed class DemoRun(DemoOptions options, DemoProgress progress, TimeProvider time)
{
    private readonly PaymentTally _tally = new();
    private string? _doubleSpendRefused;
    private string? _forgedSignatureRefused;
    private TimeSpan _streamed;

    /// <summary>The closing audit; null where the demo failed before it.</summary>
    public Audit? Audit { get; private set; }

    /// <summary>The node's transactions; none where the demo failed before its end.</summary>
    public IReadOnlyList<BatchOnChain> Batches { get; private set; } = [];

    /// <summary>What a provider took back without the accountant; null where the demo failed before it.</summary>
    public MoneyRecovered? Recovered { get; private set; }

    /// <summary>Runs it. A failure ends it early and is named in the result; nothing is thrown but the interruption.</summary>
    public async Task<DemoResult> RunAsync(DemoFolder folder, CancellationToken cancellation)
    {
        try
        {
            await using var chain = await DemoChain.StartAsync(progress.Say, cancellation);
            progress.Say($"Deployed token, registry and accountant; minted {DemoScale.Minted} units.");
            await using var database = await DemoDatabase.StartAsync(options.Store, progress.Say, cancellation);
            await using var nodes = await DemoNodes.StartAsync(
                options.Nodes, folder, chain, options.Node, database?.ConnectionString, progress.Say, cancellation);
            if (options.Nodes > 1) progress.Say($"{options.Nodes} nodes are one cluster; each provider is connected to another one.");
            await using var parties = new DemoParties(chain.Profile, folder);
            await Beginning.RunAsync(folder, chain, parties, nodes, time, cancellation);
            progress.Say($"Registered {DemoScale.Consumers} consumers and {DemoScale.Providers} providers.");
            progress.Say("Their channels were topped up by plain token transfers, some before they existed.");
            progress.Say("The node sees all deposits in confirmed blocks.");
            await StreamAsync(chain, parties, nodes.Api(), cancellation);
            nodes.MustRun();
            await new Closing(chain, parties, nodes, progress.Say, time).RunAsync(cancellation);
            Recovered = await new Bereavement(folder, chain, parties, nodes, progress.Say, time).RunAsync(_tally, cancellation);
            Audit = new Audit(parties, ClientRecords.Read(parties), await ChainSnapshot.ReadAsync(chain, parties, cancellation));
            Batches = await BatchOnChain.ReadAsync(chain, Audit.Chain.Block, cancellation);
            var wrong = Audit.Checks.Where(check => !check.Holds).Select(check => check.Claim).ToArray();
            return Result(wrong.Length == 0 ? null : $"Not so: {string.Join("; ", wrong)}.");
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            return Result(Failures.Describe(problem));
        }
    }

    private async Task StreamAsync(DemoChain chain, DemoParties parties, AccountantApi api, CancellationToken cancellation)
    {
        using var stop = new CancellationTokenSource(options.Streaming, time);
        var began = time.GetTimestamp();
        progress.Say($"Streaming payments for {options.Streaming.TotalSeconds} s.");
        var all = Together.RunAsync(
            [
                end => PaymentStreams.RunAsync(parties, _tally, stop.Token, end),
                end => DisturbAsync(chain, parties, api, end),
            ],
            cancellation);
        await progress.WatchAsync(parties, _tally, all);
        _streamed = time.GetElapsedTime(began);
        await all;
        progress.Say($"{_tally.Accepted} promises were accepted, {_tally.Accepted / _streamed.TotalSeconds:0} a second.");
    }

    // In mid-stream, while everybody pays.
    private async Task DisturbAsync(DemoChain chain, DemoParties parties, AccountantApi api, CancellationToken cancellation)
    {
        await Task.Delay(options.Streaming / 4, time, cancellation);
        await new DoubleSpend(parties.Cheat, parties.Providers[0], parties.Providers[1], _tally).TryAsync(cancellation);
        _doubleSpendRefused = DoubleSpend.Expected.ToName();
        progress.Say($"A double spend through two streams: one promise accepted, the other refused, {_doubleSpendRefused}.");
        await new ForgedSignature(parties.Honest[0], api, _tally).TryAsync(cancellation);
        _forgedSignatureRefused = ForgedSignature.Expected.ToName();
        progress.Say($"A forged signature: refused, {_forgedSignatureRefused}.");
        var early = parties.Providers[0];
        await Waiting.UntilAsync(
            $"{early.Party.Name} can settle", () => Task.FromResult(early.Account.Settleable is not null), time, cancellation);
        progress.Say(await new Settlement(chain, time).SettleAsync(early, cancellation)
            ? $"{early.Party.Name} settled in mid-stream, through a transaction maker who is paid in tokens."
            : $"{early.Party.Name} found everything that it could settle in mid-stream paid by the node.");
        var leaver = parties.Departures.Single(departure => departure.WithConsent);
        await new Leaving(chain, time).WithConsentAsync(leaver, api, cancellation);
        progress.Say($"{leaver.Consumer.Party.Name} took {leaver.Expected} units back with the operator's consent, and pays on.");
    }

    private DemoResult Result(string? failure) => new(
        _tally.Accepted,
        _tally.Rejected,
        Audit?.Records.ConsumersPromised ?? Amount.Zero,
        Audit?.Records.ProvidersPromised ?? Amount.Zero,
        Audit?.ProvidersPaid ?? Amount.Zero,
        Audit?.ConsumersSettled ?? Amount.Zero,
        Audit?.Records.Fees ?? Amount.Zero,
        Audit?.FreeTokens ?? Amount.Zero,
        DemoScale.Minted,
        Audit?.Chain.Balances ?? new Dictionary<string, Amount>(),
        Audit?.Chain.Block.Number ?? 0,
        Batches,
        [.. Audit?.Departures ?? []],
        Recovered,
        Audit?.IsConserved ?? false,
        _doubleSpendRefused,
        _forgedSignatureRefused,
        Curve.Default.Name,
        options.Nodes,
        Math.Round(_streamed.TotalSeconds, 1),
        failure);
}
