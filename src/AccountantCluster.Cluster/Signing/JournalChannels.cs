using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using Akka.Actor;
using Microsoft.Extensions.Caching.Memory;

namespace AccountantCluster.Cluster;

/// <summary>
/// Channels as the database has them, past the actors that wrote them: the newest snapshot, then the events after it. What was read of a
/// provider channel before is kept, and read on from there.
/// </summary>
internal sealed class JournalChannels : IDurableChannels, IDisposable
{
    private readonly EventReader _events;
    private readonly SnapshotReader _snapshots;
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = ClusterLimits.CreditsAudited });

    /// <param name="system">Has the connections, and knows the formats.</param>
    public JournalChannels(ActorSystem system)
    {
        _events = new EventReader(StoreSetup.JournalOf(system), system.Serialization);
        _snapshots = new SnapshotReader(StoreSetup.SnapshotsOf(system), system.Serialization);
    }

    /// <inheritdoc/>
    public async Task<ProviderAudit> ReadProviderAsync(Address provider, long number)
    {
        var id = ChannelIds.JournalOf(ChannelIds.Provider, ChannelIds.EntityOf(provider));
        // Books that end before what was read came from a backup, and go on differently.
        var begin = _known.Get<Reading<ProviderAudit>>(provider) is { } known && known.Number <= number
            ? known
            : await BeginAsync<ProviderChannelState, ProviderAudit>(id, number, ProviderAudit.Empty, ProviderAudit.From);
        var audit = await FollowAsync<ProviderChannelEvent, ProviderAudit>(id, begin, number, (before, @event) => before.Follow(@event));
        _known.Set(
            provider, new Reading<ProviderAudit>(audit, number), new MemoryCacheEntryOptions { Size = 1 + audit.State.CreditedBy.Count });
        return audit;
    }

    /// <inheritdoc/>
    public async Task<ConsumerAudit> ReadConsumerAsync(Address channel, long number)
    {
        var id = ChannelIds.JournalOf(ChannelIds.Consumer, ChannelIds.EntityOf(channel));
        var begin = await BeginAsync<ConsumerChannelState, ConsumerAudit>(id, number, ConsumerAudit.Empty, ConsumerAudit.From);
        return await FollowAsync<ConsumerChannelEvent, ConsumerAudit>(id, begin, number, (before, @event) => before.Follow(@event));
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private async Task<Reading<TAudit>> BeginAsync<TState, TAudit>(string id, long number, TAudit empty, Func<TState, TAudit> from) =>
        await _snapshots.ReadAsync(id, number) is { } snapshot
            ? new Reading<TAudit>(from((TState)snapshot.State), snapshot.Number)
            : new Reading<TAudit>(empty, 0);

    private async Task<TAudit> FollowAsync<TEvent, TAudit>(
        string id, Reading<TAudit> begin, long number, Func<TAudit, TEvent, TAudit> follow)
    {
        var (audit, reached) = begin;
        await _events.ReadAsync(id, reached + 1, number, long.MaxValue, stored =>
        {
            if (stored.SequenceNr != reached + 1)
                throw new InvalidOperationException($"{id}: the journal has nothing between its events {reached} and {stored.SequenceNr}.");
            (audit, reached) = (follow(audit, (TEvent)stored.Payload), stored.SequenceNr);
        });
        return reached == number
            ? audit
            : throw new InvalidOperationException($"{id}: the journal ends with its event {reached}, before {number}.");
    }

    // What was read up to the event of a number.
    private sealed record Reading<TAudit>(TAudit Audit, long Number);
}
