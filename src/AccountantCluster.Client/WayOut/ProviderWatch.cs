using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// Watches over a provider's money with one accountant: settles by policy, and at once where waiting could lose something: a consumer
/// leaves, the key under a promise is revoked, or the risk comes close to its limit. Keeps the evidence file up to date. It publishes only
/// Rs that may be public. Everything that it needs to know is read from the chain, and asking again is harmless: it may be stopped and
/// started at any time. Only how long money has waited begins anew with it.
/// </summary>
public sealed class ProviderWatch : IDisposable
{
    private readonly IWatchedBooks _books;
    private readonly Address _provider;
    private readonly ISettlementRoute _route;
    private readonly ProviderWatchOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<WatchState>? _onLook;
    private readonly RecoveryReader _reader;
    private readonly ExitRound _exits;
    private readonly SemaphoreSlim _one = new(1);

    private BooksView? _view;
    private ProviderEvidence? _written;
    private (Amount Settled, DateTimeOffset At)? _waitingSince;
    private WatchState _state = new();

    /// <summary>A watch over an account in this process, which stays its owner's.</summary>
    /// <param name="account">The account.</param>
    /// <param name="client">The chain.</param>
    /// <param name="route">Who sends.</param>
    /// <param name="options">The provider's choices.</param>
    /// <param name="onLook">Told after each look, and not waited for.</param>
    /// <param name="time">The clock.</param>
    public ProviderWatch(
        ProviderAccount account,
        IEthereumClient client,
        ISettlementRoute route,
        ProviderWatchOptions? options = null,
        Action<WatchState>? onLook = null,
        TimeProvider? time = null)
        : this(
            new AccountBooks(account, time ?? TimeProvider.System),
            new ProviderEvidence(account.Profile, account.Identity),
            client,
            route,
            options,
            onLook,
            time)
    {
    }

    /// <summary>A watch over any books.</summary>
    /// <param name="books">The books.</param>
    /// <param name="known">Whose they are, and what is known of them before they can be read.</param>
    /// <param name="client">The chain.</param>
    /// <param name="route">Who sends.</param>
    /// <param name="options">The provider's choices.</param>
    /// <param name="onLook">Told after each look, and not waited for.</param>
    /// <param name="time">The clock.</param>
    public ProviderWatch(
        IWatchedBooks books,
        ProviderEvidence known,
        IEthereumClient client,
        ISettlementRoute route,
        ProviderWatchOptions? options = null,
        Action<WatchState>? onLook = null,
        TimeProvider? time = null)
    {
        (_books, _provider, _route, _onLook) = (books, known.Provider, route, onLook);
        (_options, _time) = (options ?? new ProviderWatchOptions(), time ?? TimeProvider.System);
        _reader = new RecoveryReader(client, known.Profile, Curve.Default);
        _exits = new ExitRound(_options.ChannelsPerLook);
        _view = new BooksView(known, default, IsRiskNearLimit: false);
    }

    /// <summary>How it stands.</summary>
    public WatchState State => Volatile.Read(ref _state);

    /// <summary>Looks again and again until it is cancelled. A failure is a state, and the next look comes after a longer pause.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await LookAsync(cancellation);
            await _books.WaitAsync(Pause(State.Failures), cancellation);
        }
    }

    /// <summary>Looks once, and settles if it is time. Looks follow each other, whoever asks for them.</summary>
    /// <returns>How it stands then.</returns>
    public async Task<WatchState> LookAsync(CancellationToken cancellation = default)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var state = await TryAsync(cancellation);
            var now = _time.GetUtcNow();
            Volatile.Write(ref _state, state with { LookedAt = now, NextLookAt = now + Pause(state.Failures) });
        }
        finally
        {
            _one.Release();
        }
        _onLook?.Invoke(State);
        return State;
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<WatchState> TryAsync(CancellationToken cancellation)
    {
        try
        {
            var (sight, problem) = await ReadAsync(cancellation);
            if (await SettleAsync(sight, cancellation) is not { } settled) return Seen(sight, problem);
            // Known whatever becomes of the next look; what the books are told by it lets service go on.
            Volatile.Write(ref _state, State with { LastSettlement = settled });
            (sight, problem) = await ReadAsync(cancellation);
            return Seen(sight, problem);
        }
        catch (ContractRevertedException reverted)
        {
            return Failed($"The contract would refuse: {reverted.Error}. Somebody may have settled meanwhile.");
        }
        catch (EthereumException problem)
        {
            return Failed(problem.Message);
        }
    }

    private async Task<(RecoverySight Sight, string? Problem)> ReadAsync(CancellationToken cancellation)
    {
        var block = await _reader.NewestAsync(cancellation);
        var channel = await _reader.ReadChannelAsync(_provider, block, cancellation);
        var fresh = await _books.ReadAsync(channel, cancellation);
        _view = fresh ?? _view;
        var problem = fresh is null ? "Another process has the books: this goes on with what they said last." : KeepEvidence();
        var opened = OpenedEvidence.Public(_view!.Evidence);
        var sight = await _reader.ReadAsync(_provider, opened.Totals, _exits.Next(opened.Rows), block, cancellation);
        _exits.Saw(sight.Rows);
        return (sight, problem);
    }

    private async Task<WatchSettlement?> SettleAsync(RecoverySight sight, CancellationToken cancellation)
    {
        // Free of charge first: most looks end here.
        if (_options.Policy.Decide(ToDecide(sight, Amount.Zero)) is var reason && reason == SettlementReason.None) return null;
        var order = await OrderAsync(sight, reason, cancellation);
        if (order is null) return null;
        var cost = await _route.QuoteAsync(order, cancellation);
        reason = _options.Policy.Decide(ToDecide(sight, cost));
        if (reason == SettlementReason.None) return null;
        var tally = new RecoveryTally(_view!.Evidence);
        var receipt = await _route.SendAsync(order, cancellation);
        tally.Add(receipt);
        return tally.ToSettlement(_time.GetUtcNow(), reason);
    }

    private async Task<SettlementOrder?> OrderAsync(RecoverySight sight, SettlementReason reason, CancellationToken cancellation)
    {
        if (reason is not (SettlementReason.Risk or SettlementReason.ConsumerLeaves or SettlementReason.KeyRevoked))
            return ProviderRecovery.Settlement(sight);
        // All rows, at the same block: those that this look did not ask for may be worth more.
        var opened = OpenedEvidence.Public(_view!.Evidence);
        var all = await _reader.ReadAsync(_provider, opened.Totals, opened.Rows, sight.Block, cancellation);
        return ProviderRecovery.Urgent(all, _options.Recovery, _provider);
    }

    private SettlementSight ToDecide(RecoverySight sight, Amount cost) => new(sight.Preview, cost)
    {
        Age = Waited(sight),
        AtRisk = sight.AtRisk,
        IsRiskNearLimit = _view!.IsRiskNearLimit,
        Leaving = _exits.Leaving,
        Collectable = _exits.Collectable,
        IsKeyRevoked = sight.Total?.EndsAt is not null,
    };

    private TimeSpan Waited(RecoverySight sight)
    {
        if (sight.Preview.Unsettled.IsZero)
        {
            _waitingSince = null;
            return TimeSpan.Zero;
        }
        // A settlement in part is one, too: what is left has been waiting since then.
        if (_waitingSince?.Settled != sight.Channel.Settled) _waitingSince = (sight.Channel.Settled, _time.GetUtcNow());
        return _time.GetUtcNow() - _waitingSince.Value.At;
    }

    // A disk that is full must not keep money from being settled.
    private string? KeepEvidence()
    {
        if (_options.EvidencePath is not { } path || _written?.Equivalent(_view!.Evidence) == true) return null;
        try
        {
            EvidenceFile.Write(path, _view!.Evidence, _time.GetUtcNow());
            _written = _view.Evidence;
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return $"The evidence file cannot be written: {problem.Message}";
        }
    }

    private WatchState Seen(RecoverySight sight, string? problem) => State with
    {
        Preview = sight.Preview,
        Risk = _view!.Risk,
        IsRiskNearLimit = _view.IsRiskNearLimit,
        Leaving = _exits.LeavingConsumers,
        PromiseEndsAt = sight.Total?.EndsAt is { } end ? DateTimeOffset.FromUnixTimeSeconds((long)end) : null,
        Problem = sight.Worthless is { } worthless
            ? $"The promise of {worthless.Amount} is signed by {worthless.Signer.ToChecksumString()}, whose signature does not hold: "
                + "it cannot be settled, and the accountant has to sign another one."
            : problem,
        Failures = 0,
    };

    private WatchState Failed(string problem) => State with { Problem = problem, Failures = State.Failures + 1 };

    private TimeSpan Pause(int failures)
    {
        // Beyond twenty doublings a pause is a year.
        var pause = _options.Interval * Math.Pow(2, Math.Min(failures, 20));
        return pause < _options.LongestPause ? pause : TimeSpan.FromTicks(Math.Max(_options.LongestPause.Ticks, _options.Interval.Ticks));
    }
}
