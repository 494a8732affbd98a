using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests;

/// <summary>
/// A consumer channel with its journal: what an actor does around the rules, and every invariant checked at every event. A signer reads
/// along.
/// </summary>
internal sealed class JournaledConsumerChannel
{
    private readonly List<ConsumerChannelEvent> _journal = [];
    private readonly Dictionary<Address, Amount> _acknowledged = [];
    private ConsumerChannelState _snapshot = ConsumerChannelState.Empty;
    private int _snapshotAt;
    private ConsumerAudit _audit = ConsumerAudit.Empty;

    public JournaledConsumerChannel(UInt128 deposited, Address? address = null)
        : this(address ?? Given.Channel) => Observe(deposited);

    private JournaledConsumerChannel(Address address) => Address = address;

    /// <summary>Events that are stored before the process dies on the next one; null while it is well.</summary>
    public int? EventsUntilCrash { get; set; }

    public Address Address { get; }

    public ConsumerChannelState State { get; private set; } = ConsumerChannelState.Empty;

    /// <summary>A channel of which no block has spoken.</summary>
    public static JournaledConsumerChannel Unknown(Address? address = null) => new(address ?? Given.Channel);

    public OfferDecision Offer(VerifiedPromise promise, Preimage? knownR = null, ChannelPolicy? policy = null)
    {
        var decision = ConsumerChannel.DecideOffer(State, promise, knownR, policy ?? Given.Generous);
        if (decision.Reason != RejectionReason.None) Assert.Empty(decision.Events);
        Persist(decision.Events, promise.Promise.Agreement.Provider);
        return decision;
    }

    public void Reveal(Preimage r) => Persist(ConsumerChannel.DecideReveal(State, r));

    public void Freeze(bool frozen) => Persist(ConsumerChannel.DecideFreeze(frozen));

    public void Observe(UInt128 deposited, bool exiting = false, UInt128 settled = default) => Observe(
        new ConsumerChannelFacts(State.Facts.Block + 1, Registered: true, new Amount(deposited), new Amount(settled), exiting));

    public void Observe(ConsumerChannelFacts facts) => Persist(ConsumerChannel.DecideObservation(State, facts));

    public void SeeExit(ulong block) => Persist(ConsumerExit.DecideSight(State, block));

    public RejectionReason Hold(Opening opening, OpeningPolicy policy, ulong now)
    {
        var decision = ConsumerOpening.DecideHold(State, opening, policy, now);
        if (decision.Reason != RejectionReason.None) Assert.Empty(decision.Events);
        Persist(decision.Events);
        return decision.Reason;
    }

    public RejectionReason Consent(ExitConsent consent, ulong now)
    {
        var decision = ConsumerExit.DecideConsent(State, consent, now);
        if (decision.Reason != RejectionReason.None) Assert.Empty(decision.Events);
        Persist(decision.Events);
        Assert.Equal(decision.Reason == RejectionReason.None, _audit.Justifies(consent));
        return decision.Reason;
    }

    public RejectionReason Import(VerifiedPromise promise, Preimage r)
    {
        var decision = ConsumerEvidence.Decide(State, promise, r);
        Persist(decision.Events);
        return decision.Reason;
    }

    /// <summary>The books as they were at the last snapshot: everything since is forgotten.</summary>
    public void RestoreFromSnapshot()
    {
        _journal.RemoveRange(_snapshotAt, _journal.Count - _snapshotAt);
        _acknowledged.Clear();
        Crash();
    }

    public void Acknowledge(Address provider, Amount total)
    {
        State = ConsumerChannel.Acknowledge(State, provider, total);
        _acknowledged[provider] = Amount.Max(total, _acknowledged.GetValueOrDefault(provider));
    }

    public void Persist(IEnumerable<ConsumerChannelEvent> events, Address? provider = null)
    {
        foreach (var @event in events)
        {
            if (EventsUntilCrash-- == 0)
            {
                Crash();
                throw new EntityCrashedException();
            }
            var next = ConsumerChannel.Apply(State, @event);
            Assert.Empty(ConsumerChannelInvariants.CheckStep(State, next, provider));
            Assert.Empty(ConsumerChannelInvariants.Check(next));
            _journal.Add(@event);
            State = next;
            _audit = _audit.Follow(@event);
        }
    }

    public void TakeSnapshot() => (_snapshot, _snapshotAt) = (State, _journal.Count);

    /// <summary>Loses what is in memory and recovers from snapshot and journal.</summary>
    public void Crash()
    {
        EventsUntilCrash = null;
        State = _journal.Skip(_snapshotAt).Aggregate(_snapshot, ConsumerChannel.Apply);
        // The signer's process died too, and begins with the snapshot.
        _audit = _journal.Skip(_snapshotAt).Aggregate(ConsumerAudit.From(_snapshot), (audit, @event) => audit.Follow(@event));
    }

    /// <summary>The whole journal leads to the same state, but for acknowledgements; with them, to the very same.</summary>
    public void AssertReplays()
    {
        var replayed = _journal.Aggregate(ConsumerChannelState.Empty, ConsumerChannel.Apply);
        var live = State;
        foreach (var (provider, total) in _acknowledged)
        {
            replayed = ConsumerChannel.Acknowledge(replayed, provider, total);
            live = ConsumerChannel.Acknowledge(live, provider, total);
        }
        Assert.Equal(StateText.Of(replayed), StateText.Of(live));
    }
}
