using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using Akka.Actor;
using Microsoft.Extensions.Caching.Memory;

namespace AccountantCluster.Cluster;

/// <summary>
/// Channels as the database has them, past the actors that wrote them: the newest snapshot, then the events after it. What was read of a
/// provider channel before is kept, and read on from there. Safe for concurrent use.
/// </summary>
internal sealed class JournalChannels : IDisposable
{
    private readonly EventReader _events;
    private readonly SnapshotReader _snapshots;
    private readonly SemaphoreSlim _turns = new(ClusterLimits.SignerReads);
    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = ClusterLimits.CreditsAudited });

    /// <param name="system">Has the connections, and knows the formats.</param>
    public JournalChannels(ActorSystem system)
    {
        _events = new EventReader(StoreSetup.JournalOf(system), system.Serialization);
        _snapshots = new SnapshotReader(StoreSetup.SnapshotsOf(system), system.Serialization);
    }

    /// <summary>Whether a provider channel's events, up to the one of that number, authorise a total by the rules.</summary>
    /// <exception cref="Exception">The journal does not say, or does not hold that event.</exception>
    public Task<bool> JustifyAsync(Address provider, SignedTotal total, long number) => InTurnAsync(async () =>
    {
        var id = ChannelIds.JournalOf(ChannelIds.Provider, ChannelIds.EntityOf(provider));
        if (await JustifyFromMemoryAsync(id, provider, total, number)) return true;
        var begin = await BeginAsync<ProviderChannelState, ProviderAudit>(id, number, ProviderAudit.Empty, ProviderAudit.From);
        return await JustifyAsync(id, provider, begin, total, number);
    });

    /// <summary>Whether a consumer channel's events, up to the one of that number, consent to an exit by the rules.</summary>
    /// <exception cref="Exception">The journal does not say, or does not hold that event.</exception>
    public Task<bool> JustifyAsync(Address channel, ExitConsent consent, long number) => InTurnAsync(async () =>
    {
        var id = ChannelIds.JournalOf(ChannelIds.Consumer, ChannelIds.EntityOf(channel));
        var begin = await BeginAsync<ConsumerChannelState, ConsumerAudit>(id, number, ConsumerAudit.Empty, ConsumerAudit.From);
        var audit = await FollowAsync<ConsumerChannelEvent, ConsumerAudit>(id, begin, number, (before, @event) => before.Follow(@event));
        return audit.Justifies(consent);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _known.Dispose();
        _turns.Dispose();
    }

    // Refuses nothing: books that were restored from a backup meanwhile go on differently from what was read before.
    private async Task<bool> JustifyFromMemoryAsync(string id, Address provider, SignedTotal total, long number)
    {
        if (_known.Get<Reading<ProviderAudit>>(provider) is not { } known || known.Number > number) return false;
        try
        {
            return await JustifyAsync(id, provider, known, total, number);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<bool> JustifyAsync(string id, Address provider, Reading<ProviderAudit> begin, SignedTotal total, long number)
    {
        var audit = await FollowAsync<ProviderChannelEvent, ProviderAudit>(id, begin, number, (before, @event) => before.Follow(@event));
        var size = 1 + audit.State.CreditedBy.Count;
        _known.Set(provider, new Reading<ProviderAudit>(audit, number), new MemoryCacheEntryOptions { Size = size });
        return audit.Justifies(total);
    }

    // Channels of this node need the database too.
    private async Task<T> InTurnAsync<T>(Func<Task<T>> read)
    {
        await _turns.WaitAsync();
        try
        {
            return await read();
        }
        finally
        {
            _turns.Release();
        }
    }

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
