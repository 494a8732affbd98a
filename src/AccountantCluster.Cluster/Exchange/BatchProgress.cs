using System.Collections.Immutable;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>What is known of one batch on its way: pure bookkeeping, message in, message out.</summary>
internal sealed class BatchProgress
{
    private readonly ExchangeRequest _request;
    private readonly PromiseOutcome[] _outcomes;
    private readonly Dictionary<Address, ChannelCredits> _credits = [];

    // A cover comes with its R in the same batch.
    private readonly Dictionary<Hashlock, Preimage> _covers = [];

    // Places of promises in the request, per channel that has not answered.
    private readonly Dictionary<Address, List<int>> _awaited = [];
    private Dictionary<Hashlock, HashlockStanding> _standings = [];
    private ImmutableArray<RejectionReason> _reveals;

    public BatchProgress(ExchangeRequest request)
    {
        _request = request;
        _outcomes = [.. request.Promises.Select(_ => Outcome(RejectionReason.OutcomeUnknown))];
        _reveals = [.. request.Reveals.Select(_ => RejectionReason.OutcomeUnknown)];
        var covers = request.Promises.Where(promise => promise.IsCover).Select(promise => promise.Promise.Hashlock).ToHashSet();
        if (covers.Count == 0) return;
        foreach (var r in request.Reveals)
            if (r.ToHashlock() is var hashlock && covers.Contains(hashlock))
                _covers[hashlock] = r;
    }

    /// <summary>Channels that have not answered their offers.</summary>
    public int OffersAwaited => _awaited.Count;

    /// <summary>The answer to a batch of which nothing is known or done.</summary>
    public static ExchangeAnswer Refuse(ExchangeRequest request, RejectionReason reason) => new(
        [.. request.Reveals.Select(_ => reason)],
        [.. request.Promises.Select(_ => Outcome(reason))],
        Promise: null,
        reason,
        Amount.Zero,
        Amount.Zero,
        Amount.Zero,
        Amount.Zero);

    /// <summary>First: the reveals and hashlocks. A cover's hashlock is not the provider's.</summary>
    public PrepareBatch ToPrepare()
    {
        var hashlocks = _request.Promises.Where(promise => !promise.IsCover).Select(promise => promise.Promise.Hashlock);
        if (_request.Hashlock is { } named) hashlocks = hashlocks.Append(named);
        return new PrepareBatch(_request.Provider, [.. _request.Reveals], [.. hashlocks.Distinct()]);
    }

    /// <summary>The provider channel has looked at reveals and hashlocks.</summary>
    public void Prepared(BatchPrepared prepared)
    {
        _standings = prepared.Hashlocks.ToDictionary(standing => standing.Hashlock);
        _reveals = [.. prepared.Reveals.Zip(_request.Reveals, (reason, r) => _covers.ContainsValue(r) ? RejectionReason.None : reason)];
        for (var place = 0; place < _outcomes.Length; place++)
        {
            var promise = _request.Promises[place];
            var reason = Judge(promise);
            if (reason != RejectionReason.None)
                _outcomes[place] = Outcome(reason);
            else if (_awaited.TryGetValue(promise.Channel, out var places))
                places.Add(place);
            else
                _awaited.Add(promise.Channel, [place]);
        }
    }

    /// <summary>Second: the promises, one message for each channel that has not answered.</summary>
    public IEnumerable<OfferPromises> ToOffer() => _awaited.Select(pair => new OfferPromises(
        pair.Key,
        _request.Provider,
        [.. pair.Value.Select(place => _request.Promises[place]).Select(promise => new Offer(promise, KnownR(promise)))]));

    /// <summary>A consumer channel has judged its promises. False: it had before.</summary>
    public bool Offered(PromisesOffered offered)
    {
        if (!_awaited.Remove(offered.Channel, out var places)) return false;
        foreach (var (place, outcome) in places.Zip(offered.Outcomes))
            _outcomes[place] = new PromiseOutcome(outcome.Reason, outcome.Delta, Amount.Zero, outcome.Expected, outcome.Proof);
        if (!offered.Unacknowledged.IsEmpty) _credits[offered.Channel] = new ChannelCredits(offered.Channel, offered.Unacknowledged);
        return true;
    }

    /// <summary>Third: what they credited, and what to sign.</summary>
    public CreditAndSign ToCredit() => new(_request.Provider, [.. _credits.Values], HashlockToSign(), _request.Position);

    /// <summary>Channels of which the provider channel counts less than it was sent.</summary>
    public IEnumerable<CreditGap> GapsIn(CreditedAndSigned signed) =>
        from total in signed.Totals
        where _credits.TryGetValue(total.Channel, out var sent) && total.Credited < sent.Total
        select new CreditGap(_request.Provider, total.Channel, total.Credited, _credits[total.Channel].Total);

    /// <summary>Last: for each channel, what it need not send again.</summary>
    public IEnumerable<AcknowledgeCredit> ToAcknowledge(CreditedAndSigned signed) =>
        signed.Totals.Select(total => new AcknowledgeCredit(total.Channel, _request.Provider, total.Credited));

    /// <summary>The answer, when everything is durable.</summary>
    public ExchangeAnswer Complete(CreditedAndSigned signed)
    {
        var gaps = GapsIn(signed).Select(gap => gap.Channel).ToHashSet();
        var fee = FeeSchedule.Free.ChangeTo(signed.FeeBasisPoints, Amount.Zero);
        for (var place = 0; place < _outcomes.Length; place++)
        {
            if (IsUndecided(place) && gaps.Contains(_request.Promises[place].Channel))
                _outcomes[place] = Outcome(RejectionReason.OutcomeUnknown);
            else
                _outcomes[place] = _outcomes[place] with { Fee = fee.FeeOn(_outcomes[place].Credited) };
        }
        return new ExchangeAnswer(
            _reveals,
            _outcomes,
            signed.Promise,
            WhyUnsigned(signed.Reason),
            signed.Promised,
            signed.Settled,
            signed.Balance,
            signed.Loan);
    }

    /// <summary>The answer at the deadline: what was refused is refused, what was accepted may or may not be credited.</summary>
    public ExchangeAnswer GiveUp()
    {
        for (var place = 0; place < _outcomes.Length; place++)
            if (IsUndecided(place))
                _outcomes[place] = Outcome(RejectionReason.OutcomeUnknown);
        return new ExchangeAnswer(
            _reveals, _outcomes, Promise: null, RejectionReason.OutcomeUnknown, Amount.Zero, Amount.Zero, Amount.Zero, Amount.Zero);
    }

    private static PromiseOutcome Outcome(RejectionReason reason) => new(reason, Amount.Zero, Amount.Zero, null, null);

    // The edge has checked both; a batch that came another way must not credit or store what nobody signed.
    private RejectionReason Judge(in VerifiedPromise promise)
    {
        if (promise.Promise.ChannelId != ChannelId.OfConsumer(promise.Channel)) return RejectionReason.Malformed;
        if (promise.IsCover) return RejectionReason.None;
        if (promise.Promise.Agreement.Provider != _request.Provider) return RejectionReason.WrongProvider;
        return IsRefused(promise.Promise.Hashlock) ? RejectionReason.RevealFirst : RejectionReason.None;
    }

    // The hashlock that the request names, or that of the last promise accepted or covered. A cover is no reason to sign.
    private Hashlock? HashlockToSign()
    {
        if (_request.Hashlock is { } named) return IsRefused(named) ? null : named;
        for (var place = _outcomes.Length - 1; place >= 0; place--)
            if (IsUndecided(place))
                return _request.Promises[place].Promise.Hashlock;
        return null;
    }

    // Accepted or covered at the consumer channel: a success only once the provider channel holds the credit too.
    private bool IsUndecided(int place) =>
        _outcomes[place].Reason is RejectionReason.None or RejectionReason.AlreadyCovered && !_request.Promises[place].IsCover;

    // Where there was no hashlock to sign under, the provider channel cannot know why.
    private RejectionReason WhyUnsigned(RejectionReason reason)
    {
        if (IsRefused(_request.Hashlock)) return RejectionReason.RevealFirst;
        return reason == RejectionReason.UnknownHashlock && _awaited.Count > 0 ? RejectionReason.OutcomeUnknown : reason;
    }

    private bool IsRefused(Hashlock? hashlock) =>
        hashlock is { } known && _standings.TryGetValue(known, out var standing) && standing.IsRefused;

    private Preimage? KnownR(VerifiedPromise promise)
    {
        var hashlock = promise.Promise.Hashlock;
        if (!promise.IsCover) return _standings[hashlock].KnownR;
        return _covers.TryGetValue(hashlock, out var r) ? r : null;
    }
}
