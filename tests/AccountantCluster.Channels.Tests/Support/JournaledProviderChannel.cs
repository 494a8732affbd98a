using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests;

/// <summary>
/// A provider channel with its journal: what an actor does around the rules, and every invariant checked at every event. A signer reads
/// along.
/// </summary>
internal sealed class JournaledProviderChannel(Address provider)
{
    private readonly List<ProviderChannelEvent> _journal = [];
    private ProviderChannelState _snapshot = ProviderChannelState.Empty;
    private int _snapshotAt;
    private ProviderAudit _audit = ProviderAudit.Empty;

    public JournaledProviderChannel()
        : this(Given.Alice)
    {
    }

    /// <summary>Events that are stored before the process dies on the next one; null while it is well.</summary>
    public int? EventsUntilCrash { get; set; }

    public Address Provider { get; } = provider;

    public ProviderChannelState State { get; private set; } = ProviderChannelState.Empty;

    /// <summary>Every total that was ever authorised: all that the provider may hold a signature for.</summary>
    public List<SignedTotal> Signed { get; } = [];

    public PrepareDecision Prepare(IReadOnlyList<Preimage> reveals, params IReadOnlyCollection<Hashlock> hashlocks)
    {
        var decision = ProviderChannel.DecidePrepare(State, reveals, hashlocks);
        Persist(decision.Events);
        return decision;
    }

    public void Credit(IReadOnlyList<ConsumerCredit> credits, ushort feeBasisPoints = 0) =>
        Persist(ProviderChannel.DecideCredits(State, credits, feeBasisPoints));

    public void Credit(Address channel, Hashlock hashlock, UInt128 from, UInt128 to) =>
        Credit([new ConsumerCredit(channel, new CreditSegment(hashlock, new Amount(from), new Amount(to)))]);

    public SigningDecision Sign(Hashlock hashlock, ChainPosition? position = null)
    {
        var decision = ProviderChannel.DecideSigning(State, hashlock, position);
        Persist(decision.Events);
        return decision;
    }

    public RejectionReason Import(Amount promised, Hashlock hashlock, Preimage r)
    {
        var decision = ProviderEvidence.Decide(State, promised, hashlock, r);
        Persist(decision.Events);
        return decision.Reason;
    }

    /// <summary>The books as they were at the last snapshot: everything since is forgotten, but not by who holds the signatures.</summary>
    public void RestoreFromSnapshot()
    {
        _journal.RemoveRange(_snapshotAt, _journal.Count - _snapshotAt);
        Crash();
    }

    public void AcknowledgeReveal(Address channel, Hashlock hashlock, Amount credited) =>
        State = ProviderChannel.AcknowledgeReveal(State, channel, hashlock, credited);

    public void Persist(IEnumerable<ProviderChannelEvent> events)
    {
        foreach (var @event in events)
        {
            if (EventsUntilCrash-- == 0)
            {
                Crash();
                throw new EntityCrashedException();
            }
            var next = ProviderChannel.Apply(State, @event);
            Assert.Empty(ProviderChannelInvariants.CheckStep(State, next));
            Assert.Empty(ProviderChannelInvariants.Check(next));
            _journal.Add(@event);
            State = next;
            _audit = _audit.Follow(@event);
            if (@event is not ProviderChannelEvent.PromiseAuthorised authorised) continue;
            Signed.Add(authorised.Total);
            Assert.True(_audit.Justifies(authorised.Total));
        }
    }

    public void TakeSnapshot() => (_snapshot, _snapshotAt) = (State, _journal.Count);

    /// <summary>Loses what is in memory and recovers from snapshot and journal.</summary>
    public void Crash()
    {
        EventsUntilCrash = null;
        State = _journal.Skip(_snapshotAt).Aggregate(_snapshot, ProviderChannel.Apply);
        // The signer's process died too, and begins with the snapshot.
        _audit = _journal.Skip(_snapshotAt).Aggregate(ProviderAudit.From(_snapshot), (audit, @event) => audit.Follow(@event));
        if (State.LastSigned is { } last) Assert.True(_audit.Justifies(last));
    }

    /// <summary>The whole journal leads to the same state; reveals that were acknowledged go out again.</summary>
    public void AssertReplays()
    {
        var replayed = _journal.Aggregate(ProviderChannelState.Empty, ProviderChannel.Apply);
        Assert.Equal(StateText.WithoutPending(replayed), StateText.WithoutPending(State));
        foreach (var (hashlock, pending) in State.PendingReveals)
            Assert.Subset(replayed.PendingReveals[hashlock].Channels.ToHashSet(), pending.Channels.ToHashSet());
    }
}
