using AccountantCluster.Channels;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>
/// The seam, kept in memory: credits, repeats, unknown channels and promises that are too low answer as the cluster does; everything that
/// arrives is recorded, and a test may hold it back.
/// </summary>
internal sealed class InMemoryExchange : IExchange
{
    private readonly Lock _lock = new();
    private readonly List<ExchangeRequest> _requests = [];
    private readonly HashSet<Address> _registered = [];
    private readonly Dictionary<(Address Channel, Agreement Session), Amount> _agreements = [];
    private readonly Dictionary<Address, (Amount Credited, VerifiedPromise Latest)> _consumers = [];
    private readonly Dictionary<Address, (Amount Gross, SignedProviderPromise? Latest, ChainPosition? Position)> _providers = [];
    private int _atWork;

    /// <summary>Runs before a request is looked at: to hold it back or to fail.</summary>
    public Func<ExchangeRequest, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Whether channels answer overviews.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>The most requests that were at work at once.</summary>
    public int Peak { get; private set; }

    public IReadOnlyList<ExchangeRequest> Requests
    {
        get { lock (_lock) return [.. _requests]; }
    }

    public void Register(PrivateKey consumer)
    {
        lock (_lock) _registered.Add(Promises.ChannelOf(consumer));
    }

    public async Task<ExchangeAnswer> ExchangeAsync(ExchangeRequest request, TimeSpan deadline, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _requests.Add(request);
            Peak = Math.Max(Peak, ++_atWork);
        }
        try
        {
            await Before(request, cancellation);
            lock (_lock) return Exchange(request);
        }
        finally
        {
            lock (_lock) _atWork--;
        }
    }

    public Task<ProviderOverview?> GetProviderAsync(Address provider, TimeSpan deadline, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var (gross, latest, position) = _providers.GetValueOrDefault(provider);
            return Task.FromResult(Answers
                ? new ProviderOverview(
                    gross,
                    Amount.Zero,
                    latest?.Promise.Amount ?? Amount.Zero,
                    new Amount(3),
                    new Amount(4),
                    new Amount(5),
                    latest,
                    position)
                {
                    Fees = new Amount(6),
                    Settleable = new Amount(7),
                    Block = 8,
                }
                : null);
        }
    }

    public Task<ConsumerOverview?> GetConsumerAsync(Address channel, TimeSpan deadline, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var isKnown = _consumers.TryGetValue(channel, out var consumer);
            return Task.FromResult(Answers
                ? new ConsumerOverview(
                    _registered.Contains(channel),
                    new Amount(1_000_000),
                    isKnown ? consumer.Latest.Promise.Amount : Amount.Zero,
                    Amount.Zero,
                    consumer.Credited,
                    Amount.Zero,
                    isKnown ? consumer.Latest : null)
                {
                    Consented = new Amount(9),
                    Frozen = true,
                    Exiting = true,
                    Block = 10,
                }
                : null);
        }
    }

    private ExchangeAnswer Exchange(ExchangeRequest request)
    {
        var outcomes = request.Promises.Select(Offer).ToList();
        var reveals = request.Reveals.Select(r => r == Promises.R ? RejectionReason.None : RejectionReason.UnknownHashlock).ToList();

        var (gross, latest, _) = _providers.GetValueOrDefault(request.Provider);
        foreach (var outcome in outcomes) gross += outcome.Credited;
        var covered = request.Promises
            .Zip(outcomes, (offered, outcome) => (offered.Promise.Hashlock, outcome.Reason))
            .Where(pair => pair.Reason is RejectionReason.None or RejectionReason.AlreadyCovered)
            .ToList();
        var hashlock = request.Hashlock ?? (covered.Count == 0 ? null : covered[^1].Hashlock);
        if (hashlock is { } under && !gross.IsZero)
        {
            var promise = new ProviderPromise(ChannelId.OfProvider(request.Provider, TestTerms.Terms.Accountant), gross, under);
            latest = new SignedProviderPromise(promise, Curve.Default.Sign(TestTerms.Domain.Digest(promise), TestKeys.Operator));
        }
        _providers[request.Provider] = (gross, latest, request.Position);
        return new ExchangeAnswer(
            reveals,
            outcomes,
            hashlock is null ? null : latest,
            hashlock is null ? RejectionReason.UnknownHashlock : RejectionReason.None,
            latest?.Promise.Amount ?? Amount.Zero,
            new Amount(3),
            new Amount(4),
            new Amount(5));
    }

    private PromiseOutcome Offer(VerifiedPromise offered)
    {
        if (!_registered.Contains(offered.Channel)) return new(RejectionReason.UnknownChannel, default, default, null, null);
        var (credited, latest) = _consumers.GetValueOrDefault(offered.Channel);
        if (offered.IsCover) return new(RejectionReason.None, default, default, null, null);

        var agreement = offered.Promise.Agreement;
        var key = (offered.Channel, agreement with { Total = Amount.Zero });
        var before = _agreements.GetValueOrDefault(key);
        if (agreement.Total <= before) return new(RejectionReason.AlreadyCovered, default, default, null, null);
        var delta = agreement.Total - before;
        if (credited + delta > offered.Promise.Amount)
            return new(RejectionReason.PromiseTooLow, default, default, credited + delta, latest.Signature == default ? null : latest);

        _agreements[key] = agreement.Total;
        _consumers[offered.Channel] = (credited + delta, offered.Promise.Amount > latest.Promise.Amount ? offered : latest);
        return new(RejectionReason.None, delta, new Amount(delta.Units / 40), null, null);
    }
}
