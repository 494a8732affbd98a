using System.Diagnostics.Metrics;

namespace AccountantCluster.Cluster;

/// <summary>
/// The cluster's instruments, in the meter <c>AccountantCluster.Cluster</c>. The tag <c>channel</c> is consumer or provider.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>accountant.cluster.events_persisted</term><description>counter: events made durable, by <c>channel</c></description></item>
/// <item><term>accountant.cluster.entities_recovered</term><description>counter: channels woken, by <c>channel</c></description></item>
/// <item><term>accountant.cluster.persistence_failures</term><description>counter: writes, recoveries and snapshots that failed, by
/// <c>channel</c></description></item>
/// <item><term>accountant.cluster.channels_fenced</term><description>counter: channels that lived twice and stopped, because the other one
/// had written first, by <c>channel</c>; a few when nodes part, and none otherwise</description></item>
/// <item><term>accountant.cluster.resends</term><description>counter: messages sent again, by <c>kind</c>: batch, credits,
/// reveals</description></item>
/// <item><term>accountant.cluster.offers_answered</term><description>counter: messages of batches to consumer channels, by <c>way</c>:
/// local (the channel lives on this node), enveloped (many crossed between nodes together), alone (it crossed on its
/// own)</description></item>
/// <item><term>accountant.cluster.dead_letters</term><description>counter: messages between channels that reached
/// nobody</description></item>
/// <item><term>accountant.cluster.invariant_violations</term><description>counter: states that must not be, by <c>invariant</c>; any is an
/// alarm</description></item>
/// <item><term>accountant.signer.refusals</term><description>counter: signatures that the signer refused, by <c>reason</c>: lower (more was
/// signed before, so the books are old), unjustified (the journal does not hold it, or against the rules); any is an
/// alarm</description></item>
/// <item><term>accountant.cluster.fee_reading_failures</term><description>counter: looks at the accountant's fee on chain that
/// failed</description></item>
/// <item><term>accountant.chain.endpoint.failures</term><description>counter: requests that an Ethereum endpoint did not answer, or
/// refused while others answered them, by <c>endpoint</c>, its host and port; there are these three where several endpoints are asked as
/// one</description></item>
/// <item><term>accountant.chain.endpoint.disagreements</term><description>counter: answers of an Ethereum endpoint that others contradict,
/// by <c>endpoint</c>; a few at the head of the chain are a reorganisation, more are a broken or lying endpoint</description></item>
/// <item><term>accountant.chain.endpoint.lag</term><description>gauge: blocks from an Ethereum endpoint's head to the one that counts, by
/// <c>endpoint</c></description></item>
/// </list>
/// </remarks>
internal sealed class ClusterMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AccountantCluster.Cluster";

    private const string Channel = "channel";
    private const string Endpoint = "endpoint";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _eventsPersisted;
    private readonly Counter<long> _entitiesRecovered;
    private readonly Counter<long> _persistenceFailures;
    private readonly Counter<long> _channelsFenced;
    private readonly Counter<long> _resends;
    private readonly Counter<long> _offersAnswered;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _invariantViolations;
    private readonly Counter<long> _signatureRefusals;
    private readonly Counter<long> _feeReadingFailures;
    private readonly Counter<long> _endpointFailures;
    private readonly Counter<long> _endpointDisagreements;
    private readonly Gauge<long> _endpointLag;

    private long _local;
    private long _enveloped;
    private long _alone;

    public ClusterMetrics()
    {
        _eventsPersisted = _meter.CreateCounter<long>("accountant.cluster.events_persisted", "{event}");
        _entitiesRecovered = _meter.CreateCounter<long>("accountant.cluster.entities_recovered", "{channel}");
        _persistenceFailures = _meter.CreateCounter<long>("accountant.cluster.persistence_failures", "{failure}");
        _channelsFenced = _meter.CreateCounter<long>("accountant.cluster.channels_fenced", "{channel}");
        _resends = _meter.CreateCounter<long>("accountant.cluster.resends", "{message}");
        _offersAnswered = _meter.CreateCounter<long>("accountant.cluster.offers_answered", "{message}");
        _deadLetters = _meter.CreateCounter<long>("accountant.cluster.dead_letters", "{message}");
        _invariantViolations = _meter.CreateCounter<long>("accountant.cluster.invariant_violations", "{violation}");
        _signatureRefusals = _meter.CreateCounter<long>("accountant.signer.refusals", "{signature}");
        _feeReadingFailures = _meter.CreateCounter<long>("accountant.cluster.fee_reading_failures", "{failure}");
        _endpointFailures = _meter.CreateCounter<long>("accountant.chain.endpoint.failures", "{failure}");
        _endpointDisagreements = _meter.CreateCounter<long>("accountant.chain.endpoint.disagreements", "{disagreement}");
        _endpointLag = _meter.CreateGauge<long>("accountant.chain.endpoint.lag", "{block}");
    }

    /// <summary>All that <see cref="OfferAnswered"/> was told.</summary>
    public OffersAnswered OffersAnswered => new(Volatile.Read(ref _local), Volatile.Read(ref _enveloped), Volatile.Read(ref _alone));

    /// <summary>A consumer channel has answered a batch's message for the first time.</summary>
    /// <param name="isLocal">Whether it lives on this node.</param>
    /// <param name="isEnveloped">Whether the message shared an envelope.</param>
    public void OfferAnswered(bool isLocal, bool isEnveloped)
    {
        if (isLocal) Interlocked.Increment(ref _local);
        else if (isEnveloped) Interlocked.Increment(ref _enveloped);
        else Interlocked.Increment(ref _alone);
        var way = isLocal ? "local" : isEnveloped ? "enveloped" : "alone";
        _offersAnswered.Add(1, new KeyValuePair<string, object?>("way", way));
    }

    /// <summary>Events of one kind of channel became durable.</summary>
    public void EventsPersisted(string channel, int count) =>
        _eventsPersisted.Add(count, new KeyValuePair<string, object?>(Channel, channel));

    /// <summary>A channel woke.</summary>
    public void EntityRecovered(string channel) => _entitiesRecovered.Add(1, new KeyValuePair<string, object?>(Channel, channel));

    /// <summary>Journal or snapshot store failed a channel.</summary>
    public void PersistenceFailed(string channel) => _persistenceFailures.Add(1, new KeyValuePair<string, object?>(Channel, channel));

    /// <summary>A channel that lived twice stopped.</summary>
    public void ChannelFenced(string channel) => _channelsFenced.Add(1, new KeyValuePair<string, object?>(Channel, channel));

    /// <summary>Messages went out again: kind is batch, credits or reveals.</summary>
    public void Resent(string kind, int count) => _resends.Add(count, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>A message between channels reached nobody.</summary>
    public void DeadLetter() => _deadLetters.Add(1);

    /// <summary>Something is as it must never be.</summary>
    public void InvariantViolated(string invariant) =>
        _invariantViolations.Add(1, new KeyValuePair<string, object?>("invariant", invariant));

    /// <summary>The signer has refused to sign.</summary>
    public void SignatureRefused(SigningRefusal refusal) => _signatureRefusals.Add(
        1, new KeyValuePair<string, object?>("reason", refusal == SigningRefusal.Lower ? "lower" : "unjustified"));

    /// <summary>The accountant's fee could not be read on chain.</summary>
    public void FeeReadingFailed() => _feeReadingFailures.Add(1);

    /// <summary>An Ethereum endpoint did not answer, or refused what others answer.</summary>
    public void EndpointFailed(string endpoint) => _endpointFailures.Add(1, new KeyValuePair<string, object?>(Endpoint, endpoint));

    /// <summary>Others contradict what an Ethereum endpoint says.</summary>
    public void EndpointDisagreed(string endpoint) =>
        _endpointDisagreements.Add(1, new KeyValuePair<string, object?>(Endpoint, endpoint));

    /// <summary>An Ethereum endpoint is so many blocks behind.</summary>
    public void EndpointLags(string endpoint, ulong blocks) =>
        _endpointLag.Record((long)Math.Min(blocks, long.MaxValue), new KeyValuePair<string, object?>(Endpoint, endpoint));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
