using System.Collections.Immutable;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>A batch on its way through the channels. Held by nobody but the message that carries it: lost with it.</summary>
internal sealed class BatchInProgress(Address provider, Batch batch, PrepareDecision prepared, Action<Answer> reply)
{
    public Address Provider => provider;

    public Batch Batch => batch;

    public PrepareDecision Prepared => prepared;

    public Action<Answer> Reply => reply;

    public List<RejectionReason> Results { get; } = [];

    public Dictionary<Address, ImmutableList<CreditSegment>> Credits { get; } = [];

    public Hashlock? LastHashlock { get; set; }

    public bool IsOffered => Results.Count == batch.Promises.Count;

    public VerifiedPromise NextPromise => batch.Promises[Results.Count];

    public HashlockStanding StandingOf(Hashlock hashlock) => prepared.Hashlocks.Single(standing => standing.Hashlock == hashlock);
}
