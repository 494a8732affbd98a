using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// The rules of a receiving channel (protocol §4 and §5), pure: no clock, no I/O. <c>Decide…</c> judges and names events,
/// <see cref="Apply"/> makes them so.
/// </summary>
public static class ProviderChannel
{
    /// <summary>
    /// Looks at a batch's reveals, then at the hashlocks of its promises. Whatever the batch discloses, an R or a new hashlock, opens the
    /// windows below it on its chain: those that are open, and those that the same batch hands in (a provider may reveal first, and a cover
    /// comes with its R).
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="reveals">Rs.</param>
    /// <param name="hashlocks">Of the batch's promises, and the one to sign under.</param>
    public static PrepareDecision DecidePrepare(
        ProviderChannelState state, IReadOnlyList<Preimage> reveals, IReadOnlyCollection<Hashlock> hashlocks)
    {
        var fresh = hashlocks.Where(hashlock => !state.Open.ContainsKey(hashlock)).ToHashSet();
        var asked = reveals.Select(r => r.ToHashlock()).Where(hashlock => !state.Open.ContainsKey(hashlock)).Concat(fresh);
        var known = KnownHashlocks.Of(state, asked.ToHashSet());
        var opened = new List<Preimage>();
        List<Preimage> OpenedBy(Bytes32 disclosed) =>
            [.. HashSteps.OpenedBy(disclosed, hashlock => state.Open.ContainsKey(hashlock) || fresh.Contains(hashlock))];

        var reasons = ImmutableArray.CreateBuilder<RejectionReason>(reveals.Count);
        foreach (var r in reveals)
        {
            var openedByR = OpenedBy(r.Value);
            opened.AddRange(openedByR);
            var isKnown = openedByR.Count > 0 || known.ContainsKey(r.ToHashlock());
            reasons.Add(isKnown ? RejectionReason.None : RejectionReason.UnknownHashlock);
        }
        foreach (var hashlock in fresh) opened.AddRange(OpenedBy(hashlock.Value));

        var news = opened.Where(r => !known.ContainsKey(r.ToHashlock())).Distinct().ToImmutableArray();
        foreach (var r in news) known.TryAdd(r.ToHashlock(), r);
        ImmutableArray<ProviderChannelEvent> events = news.IsEmpty ? [] : [new ProviderChannelEvent.HashlocksRevealed(news)];
        return new PrepareDecision(reasons.MoveToImmutable(), [.. Stand(events.Aggregate(state, Apply), hashlocks, known)], events);
    }

    /// <summary>
    /// Records what consumer channels credited. Idempotent: what was counted before is not counted again, and a segment that does not begin
    /// where the known total ends is left out until the ones before it come (see <see cref="CreditedBy"/> for what to acknowledge).
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="credits">Any number, of any consumer channels; each channel's in ascending order.</param>
    /// <param name="feeBasisPoints">The accountant's fee as on chain at the newest confirmed block.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fee above the whole.</exception>
    public static ImmutableArray<ProviderChannelEvent> DecideCredits(
        ProviderChannelState state, IReadOnlyList<ConsumerCredit> credits, ushort feeBasisPoints)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(feeBasisPoints, Share.Whole);
        var fresh = credits.Select(credit => credit.Segment.Hashlock).Where(hashlock => !state.Open.ContainsKey(hashlock)).ToHashSet();
        var known = KnownHashlocks.Of(state, fresh);
        var counted = ImmutableArray.CreateBuilder<RecordedCredit>();
        var totals = new Dictionary<Address, Amount>();
        var gross = state.Gross;
        foreach (var (channel, segment) in credits)
        {
            var total = totals.TryGetValue(channel, out var current) ? current : CreditedBy(state, channel);
            if (segment.From > total || segment.To <= total) continue;
            // More than any token has: left out, so that every event applies.
            if (!gross.TryAdd(segment.To - total, out var raised)) continue;
            gross = raised;
            totals[channel] = segment.To;
            var knownR = known.TryGetValue(segment.Hashlock, out var r) ? r : (Preimage?)null;
            counted.Add(new RecordedCredit(channel, segment with { From = total }, knownR));
        }
        if (counted.Count == 0) return [];

        var events = ImmutableArray.CreateBuilder<ProviderChannelEvent>();
        if (state.Fees.BasisPoints != feeBasisPoints) events.Add(new ProviderChannelEvent.FeeChanged(feeBasisPoints));
        events.Add(new ProviderChannelEvent.CreditsRecorded(counted.ToImmutable()));

        // Credits that a crash held up come without a batch: a hashlock that is new here opens the windows before it, too.
        var after = events.Aggregate(state, Apply);
        var opened = fresh.Where(after.Open.ContainsKey)
            .SelectMany(hashlock => OpenedBy(after, hashlock.Value)).Distinct().ToImmutableArray();
        if (!opened.IsEmpty) events.Add(new ProviderChannelEvent.HashlocksRevealed(opened));
        return events.ToImmutable();
    }

    /// <summary>How much of a consumer channel's credit is counted: what to acknowledge to it, once durable.</summary>
    public static Amount CreditedBy(ProviderChannelState state, Address channel) => state.CreditedBy.GetValueOrDefault(channel);

    /// <summary>
    /// The signing rule: the total under h is all revealed credit plus the credit under h and under hashlocks that revealing h opens.
    /// Signed only if the hashlock last signed under is revealed, or is h, or is opened by h. Where nothing waits under h, be it revealed,
    /// forgotten or never heard of, the total is all revealed credit, and there is nothing that R of h would have to open: such a total
    /// holds back no other, and opens no hashlock. A total that was proven is owed under any hashlock, so the books add to it only once
    /// they have caught up.
    /// </summary>
    public static SigningDecision DecideSigning(ProviderChannelState state, Hashlock hashlock, ChainPosition? position)
    {
        var gross = state.Revealed;
        var opensLast = false;
        if (KnownHashlocks.Find(state, hashlock) is null)
        {
            gross += state.Open.GetValueOrDefault(hashlock, OpenHashlock.Empty).Credit;
            foreach (var opened in OpenedBy(state, hashlock.Value).Select(r => r.ToHashlock()))
            {
                opensLast |= opened == state.LastSigned?.Hashlock;
                gross += state.Open[opened].Credit;
            }
        }

        var holdsBack = state.LastSigned is { } last && last.Promised > state.Proven && state.Open.ContainsKey(last.Hashlock)
            && last.Hashlock != hashlock;
        if (holdsBack && !opensLast) return SigningDecision.Refuse(RejectionReason.RevealFirst);

        var net = gross - state.Fees.FeeOn(gross);
        var promised = Amount.Max(net, state.Proven);
        if (promised.IsZero) return SigningDecision.Refuse(RejectionReason.AmountOutOfRange);
        if (promised < state.Promised)
            throw new InvalidOperationException($"The signing rule would sign {promised} after {state.Promised}: the state is not sound.");

        var total = new SignedTotal(hashlock, gross, promised, position);
        var isRevealed = gross == state.Revealed || net <= state.Proven;
        return total == state.LastSigned
            ? new SigningDecision(RejectionReason.None, total, [])
            : new SigningDecision(RejectionReason.None, total, [new ProviderChannelEvent.PromiseAuthorised(total, isRevealed)]);
    }

    /// <summary>Judges a confirmed block's word. No event where it says nothing new or is older than what is known.</summary>
    public static ImmutableArray<ProviderChannelEvent> DecideObservation(ProviderChannelState state, ProviderChannelFacts facts)
    {
        var isNews = facts.Block >= state.Facts.Block && !facts.SaysSameAs(state.Facts);
        return isNews ? [new ProviderChannelEvent.ChainObserved(facts)] : [];
    }

    /// <summary>The state after an event. Total: an event that a decision named always applies.</summary>
    public static ProviderChannelState Apply(ProviderChannelState state, ProviderChannelEvent @event) => @event switch
    {
        ProviderChannelEvent.CreditsRecorded recorded => recorded.Credits.Aggregate(state, ApplyCredit),
        ProviderChannelEvent.HashlocksRevealed revealed => revealed.Preimages.Aggregate(state, ApplyReveal),
        ProviderChannelEvent.PromiseAuthorised authorised => ApplyAuthorised(state, authorised),
        ProviderChannelEvent.TotalProven proven => state with { Proven = Amount.Max(state.Proven, proven.Promised) },
        ProviderChannelEvent.FeeChanged changed => state with
        {
            Fees = state.Fees.ChangeTo(changed.BasisPoints, state.Gross).Fold(LowestAsked(state)),
        },
        ProviderChannelEvent.ChainObserved observed => state with { Facts = observed.Facts },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "Not an event of a provider channel."),
    };

    /// <summary>
    /// Forgets a reveal that a consumer channel holds durably. Not an event: losing it only makes the reveal go out once more, and it
    /// counts once.
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="channel">Address of the consumer channel.</param>
    /// <param name="hashlock">What the R opens.</param>
    /// <param name="credited">
    /// What the consumer channel had credited to this provider in all when it took the R in. An acknowledgement from before a credit that
    /// is counted here says nothing: the promise of that credit may have come after the R and stand unrevealed, so the R goes out again.
    /// </param>
    public static ProviderChannelState AcknowledgeReveal(ProviderChannelState state, Address channel, Hashlock hashlock, Amount credited)
    {
        if (credited < CreditedBy(state, channel) || !state.PendingReveals.TryGetValue(hashlock, out var pending)) return state;
        var channels = pending.Channels.Remove(channel);
        return state with
        {
            PendingReveals = channels.IsEmpty
                ? state.PendingReveals.Remove(hashlock)
                : state.PendingReveals.SetItem(hashlock, pending with { Channels = channels }),
        };
    }

    private static IEnumerable<HashlockStanding> Stand(
        ProviderChannelState state, IReadOnlyCollection<Hashlock> hashlocks, Dictionary<Hashlock, Preimage> known)
    {
        var room = ChannelLimits.OpenHashlocks - state.Open.Count;
        foreach (var hashlock in hashlocks.Distinct())
        {
            var knownR = known.TryGetValue(hashlock, out var r) ? r : (Preimage?)null;
            var isNew = knownR is null && !state.Open.ContainsKey(hashlock);
            yield return new HashlockStanding(hashlock, knownR, IsRefused: isNew && room-- <= 0);
        }
    }

    // The Rs of open hashlocks that a disclosed value leads down to.
    private static List<Preimage> OpenedBy(ProviderChannelState state, Bytes32 disclosed) =>
        [.. HashSteps.OpenedBy(disclosed, state.Open.ContainsKey)];

    private static ProviderChannelState ApplyCredit(ProviderChannelState state, RecordedCredit credit)
    {
        var (channel, segment, knownR) = credit;
        var added = segment.To - segment.From;
        var counted = state with
        {
            CreditedBy = state.CreditedBy.SetItem(channel, segment.To),
            Gross = state.Gross + added,
        };
        // The R became known while the credit was on its way: the consumer channel may not have heard of it.
        if (knownR is { } r)
            return Announce(counted with { Revealed = counted.Revealed + added }, r, [channel]);
        var open = state.Open.GetValueOrDefault(segment.Hashlock, OpenHashlock.Empty);
        return counted with
        {
            Open = state.Open.SetItem(segment.Hashlock, new OpenHashlock(open.Credit + added, open.Consumers.Add(channel))),
        };
    }

    private static ProviderChannelState ApplyReveal(ProviderChannelState state, Preimage r)
    {
        var informed = state with { KnownPreimages = KnownHashlocks.Remember(state.KnownPreimages, r) };
        var hashlock = r.ToHashlock();
        if (!state.Open.TryGetValue(hashlock, out var open)) return informed;
        var revealed = informed with { Open = state.Open.Remove(hashlock), Revealed = state.Revealed + open.Credit };
        if (state.LastSigned is { } last && last.Hashlock == hashlock)
            revealed = revealed with { Settleable = Amount.Max(state.Settleable, last.Promised) };
        return open.Consumers.IsEmpty ? revealed : Announce(revealed, r, open.Consumers);
    }

    private static ProviderChannelState Announce(ProviderChannelState state, Preimage r, ImmutableHashSet<Address> channels)
    {
        var hashlock = r.ToHashlock();
        var waiting = state.PendingReveals.TryGetValue(hashlock, out var pending) ? pending.Channels.Union(channels) : channels;
        return state with { PendingReveals = state.PendingReveals.SetItem(hashlock, new PendingReveal(r, waiting)) };
    }

    // Nothing below what is revealed is signed any more, and the invariants look at what was signed last.
    private static Amount LowestAsked(ProviderChannelState state) =>
        state.LastSigned is { } last ? Amount.Min(state.Revealed, last.Gross) : Amount.Zero;

    private static ProviderChannelState ApplyAuthorised(ProviderChannelState state, ProviderChannelEvent.PromiseAuthorised authorised)
    {
        var hashlock = authorised.Total.Hashlock;
        return state with
        {
            LastSigned = authorised.Total,
            Settleable = authorised.IsRevealed ? Amount.Max(state.Settleable, authorised.Total.Promised) : state.Settleable,
            // Not credited under itself, yet it opens what is: nothing else may be signed until it is revealed.
            Open = authorised.IsRevealed || state.Open.ContainsKey(hashlock)
                ? state.Open
                : state.Open.SetItem(hashlock, OpenHashlock.Empty),
        };
    }
}
