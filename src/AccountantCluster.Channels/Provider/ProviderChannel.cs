using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// The rules of a receiving channel (protocol §4 and §5), pure: no clock, no I/O. <c>Decide…</c> judges and names events, <see cref="Apply"/> makes
/// them so.
/// </summary>
public static class ProviderChannel
{
    /// <summary>
    /// Looks at a batch's reveals, then at the hashlocks of its promises: a new hashlock opens the windows before it on its chain, and one that a known
    /// R leads down to is open already.
    /// </summary>
    public static PrepareDecision DecidePrepare(ProviderChannelState state, IReadOnlyList<Preimage> reveals, IReadOnlyCollection<Hashlock> hashlocks)
    {
        var preimages = ImmutableArray.CreateBuilder<Preimage>();
        var reasons = ImmutableArray.CreateBuilder<RejectionReason>(reveals.Count);
        foreach (var r in reveals)
        {
            var opened = OpenedBy(state, r.Value);
            preimages.AddRange(opened);
            var isKnown = opened.Count > 0 || FindKnown(state, r.ToHashlock()) is not null;
            reasons.Add(isKnown ? RejectionReason.None : RejectionReason.UnknownHashlock);
        }
        foreach (var hashlock in hashlocks)
            if (!state.Open.ContainsKey(hashlock))
                preimages.AddRange(OpenedBy(state, hashlock.Value));

        var distinct = preimages.Distinct().ToImmutableArray();
        ImmutableArray<ProviderChannelEvent> events = distinct.IsEmpty ? [] : [new ProviderChannelEvent.HashlocksRevealed(distinct)];
        var after = events.Aggregate(state, Apply);
        return new PrepareDecision(reasons.MoveToImmutable(), [.. Stand(after, hashlocks)], events);
    }

    /// <summary>
    /// Records what consumer channels credited. Idempotent: what was counted before is not counted again, and a segment that does not begin where the
    /// known total ends is left out until the ones before it come (see <see cref="CreditedBy"/> for what to acknowledge).
    /// </summary>
    /// <param name="state">The channel.</param>
    /// <param name="credits">Any number, of any consumer channels; each channel's in ascending order.</param>
    /// <param name="feeBasisPoints">The accountant's fee as on chain at the newest confirmed block.</param>
    public static ImmutableArray<ProviderChannelEvent> DecideCredits(
        ProviderChannelState state, IReadOnlyList<ConsumerCredit> credits, ushort feeBasisPoints)
    {
        var fresh = ImmutableArray.CreateBuilder<RecordedCredit>();
        var known = new Dictionary<Address, Amount>();
        foreach (var (channel, segment) in credits)
        {
            var total = known.TryGetValue(channel, out var counted) ? counted : CreditedBy(state, channel);
            if (segment.From > total || segment.To <= total) continue;
            fresh.Add(new RecordedCredit(channel, segment with { From = total }, FindKnown(state, segment.Hashlock)));
            known[channel] = segment.To;
        }
        if (fresh.Count == 0) return [];

        ProviderChannelEvent recorded = new ProviderChannelEvent.CreditsRecorded(fresh.ToImmutable());
        return state.Fees.BasisPoints == feeBasisPoints
            ? [recorded]
            : [new ProviderChannelEvent.FeeChanged(feeBasisPoints), recorded];
    }

    /// <summary>How much of a consumer channel's credit is counted: what to acknowledge to it, once durable.</summary>
    public static Amount CreditedBy(ProviderChannelState state, Address channel) => state.CreditedBy.GetValueOrDefault(channel);

    /// <summary>
    /// The signing rule: the total under h is all revealed credit plus the credit under h and under hashlocks that revealing h opens. Signed only if the
    /// hashlock last signed under is revealed, or is h, or is opened by h.
    /// </summary>
    public static SigningDecision DecideSigning(ProviderChannelState state, Hashlock hashlock, ChainPosition? position)
    {
        var isRevealed = FindKnown(state, hashlock) is not null;
        var gross = state.Revealed;
        var opensLast = false;
        if (!isRevealed)
        {
            gross += state.Open.GetValueOrDefault(hashlock, OpenHashlock.Empty).Credit;
            foreach (var opened in OpenedBy(state, hashlock.Value).Select(r => r.ToHashlock()))
            {
                opensLast |= opened == state.LastSigned?.Hashlock;
                gross += state.Open[opened].Credit;
            }
        }

        if (state.LastSigned is { } last && last.Hashlock != hashlock && !opensLast && state.Open.ContainsKey(last.Hashlock))
            return SigningDecision.Refuse(RejectionReason.RevealFirst);

        var promised = gross - state.Fees.FeeOn(gross);
        if (promised.IsZero) return SigningDecision.Refuse(RejectionReason.AmountOutOfRange);
        if (promised < state.Promised)
            throw new InvalidOperationException($"The signing rule would sign {promised} after {state.Promised}: the state is not sound.");

        var total = new SignedTotal(hashlock, gross, promised, position);
        return total == state.LastSigned
            ? new SigningDecision(RejectionReason.None, total, [])
            : new SigningDecision(RejectionReason.None, total, [new ProviderChannelEvent.PromiseAuthorised(total, isRevealed)]);
    }

    /// <summary>Judges a confirmed block's word. No event where it says nothing new or is older than what is known.</summary>
    public static ImmutableArray<ProviderChannelEvent> DecideObservation(ProviderChannelState state, ProviderChannelFacts facts)
    {
        var isNews = facts.Block >= state.Facts.Block && facts with { Block = 0 } != state.Facts with { Block = 0 };
        return isNews ? [new ProviderChannelEvent.ChainObserved(facts)] : [];
    }

    /// <summary>The state after an event. Total: an event that a decision named always applies.</summary>
    public static ProviderChannelState Apply(ProviderChannelState state, ProviderChannelEvent @event) => @event switch
    {
        ProviderChannelEvent.CreditsRecorded recorded => recorded.Credits.Aggregate(state, ApplyCredit),
        ProviderChannelEvent.HashlocksRevealed revealed => revealed.Preimages.Aggregate(state, ApplyReveal),
        ProviderChannelEvent.PromiseAuthorised authorised => ApplyAuthorised(state, authorised),
        ProviderChannelEvent.FeeChanged changed => state with { Fees = state.Fees.ChangeTo(changed.BasisPoints, state.Gross) },
        ProviderChannelEvent.ChainObserved observed => state with { Facts = observed.Facts },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "Not an event of a provider channel."),
    };

    /// <summary>
    /// Forgets a reveal that a consumer channel holds durably. Not an event: losing it only makes the reveal go out once more, and it counts once.
    /// </summary>
    public static ProviderChannelState AcknowledgeReveal(ProviderChannelState state, Address channel, Hashlock hashlock)
    {
        if (!state.PendingReveals.TryGetValue(hashlock, out var pending)) return state;
        var channels = pending.Channels.Remove(channel);
        return state with
        {
            PendingReveals = channels.IsEmpty
                ? state.PendingReveals.Remove(hashlock)
                : state.PendingReveals.SetItem(hashlock, pending with { Channels = channels }),
        };
    }

    private static IEnumerable<HashlockStanding> Stand(ProviderChannelState state, IReadOnlyCollection<Hashlock> hashlocks)
    {
        var room = ChannelLimits.OpenHashlocks - state.Open.Count;
        foreach (var hashlock in hashlocks)
        {
            var knownR = FindKnown(state, hashlock);
            var isNew = knownR is null && !state.Open.ContainsKey(hashlock);
            yield return new HashlockStanding(hashlock, knownR, IsRefused: isNew && room-- <= 0);
        }
    }

    // The Rs of open hashlocks that a disclosed value leads down to.
    private static List<Preimage> OpenedBy(ProviderChannelState state, Bytes32 disclosed) =>
        [.. HashSteps.OpenedBy(disclosed, state.Open.ContainsKey)];

    // The R of a hashlock that is known, or that a known value leads down to: known Rs, and open hashlocks, which are Rs of older windows.
    private static Preimage? FindKnown(ProviderChannelState state, Hashlock hashlock)
    {
        if (state.Open.ContainsKey(hashlock)) return null;
        for (var i = state.KnownPreimages.Count - 1; i >= 0; i--)
            if (HashSteps.Find(state.KnownPreimages[i].Value, hashlock) is { } r)
                return r;
        foreach (var open in state.Open.Keys)
            if (HashSteps.Find(open.Value, hashlock) is { } r)
                return r;
        return null;
    }

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
        var hashlock = r.ToHashlock();
        if (!state.Open.TryGetValue(hashlock, out var open)) return state;
        var revealed = state with
        {
            Open = state.Open.Remove(hashlock),
            Revealed = state.Revealed + open.Credit,
            KnownPreimages = Remember(state.KnownPreimages, r),
        };
        return open.Consumers.IsEmpty ? revealed : Announce(revealed, r, open.Consumers);
    }

    // The newest R of a chain leads down to those before it, which need not be kept.
    private static ImmutableList<Preimage> Remember(ImmutableList<Preimage> known, Preimage r)
    {
        var hashlock = r.ToHashlock();
        if (known.Exists(newer => HashSteps.Find(newer.Value, hashlock) is not null)) return known;
        var kept = known.RemoveAll(older => HashSteps.Find(r.Value, older.ToHashlock()) is not null).Add(r);
        return kept.Count > ChannelLimits.PreimagesKept ? kept.RemoveAt(0) : kept;
    }

    private static ProviderChannelState Announce(ProviderChannelState state, Preimage r, ImmutableHashSet<Address> channels)
    {
        var hashlock = r.ToHashlock();
        var waiting = state.PendingReveals.TryGetValue(hashlock, out var pending) ? pending.Channels.Union(channels) : channels;
        return state with { PendingReveals = state.PendingReveals.SetItem(hashlock, new PendingReveal(r, waiting)) };
    }

    private static ProviderChannelState ApplyAuthorised(ProviderChannelState state, ProviderChannelEvent.PromiseAuthorised authorised)
    {
        var hashlock = authorised.Total.Hashlock;
        return state with
        {
            LastSigned = authorised.Total,
            // Kept open without credit: nothing else may be signed until it is revealed.
            Open = authorised.IsRevealed || state.Open.ContainsKey(hashlock) ? state.Open : state.Open.SetItem(hashlock, OpenHashlock.Empty),
        };
    }
}
