using System.Collections.Concurrent;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Writes down who is told; channels answer, except those that are silent.</summary>
internal sealed class RecordedFacts : IChannelFacts
{
    private readonly ConcurrentQueue<(Address Channel, ConsumerChannelFacts Facts)> _told = [];

    /// <summary>Consumer channels that were told that their consumer wants to leave, before it was confirmed.</summary>
    public ConcurrentDictionary<Address, ulong> Leaving { get; } = [];

    /// <summary>Consumer channels that do not answer.</summary>
    public HashSet<Address> Silent { get; } = [];

    /// <summary>Takes out what consumer channels were told since the last time, in no certain order.</summary>
    public IReadOnlyList<(Address Channel, ConsumerChannelFacts Facts)> Take()
    {
        var told = new List<(Address, ConsumerChannelFacts)>();
        while (_told.TryDequeue(out var one)) told.Add(one);
        return told;
    }

    /// <inheritdoc/>
    public Task<bool> ObserveConsumerChannelAsync(
        Address channel, ConsumerChannelFacts facts, TimeSpan deadline, CancellationToken cancellation)
    {
        _told.Enqueue((channel, facts));
        return Task.FromResult(!Silent.Contains(channel));
    }

    /// <inheritdoc/>
    public Task<bool> ObserveExitRequestAsync(Address channel, ulong block, TimeSpan deadline, CancellationToken cancellation)
    {
        Leaving[channel] = block;
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<bool> ObserveProviderChannelAsync(
        Address provider, ProviderChannelFacts facts, TimeSpan deadline, CancellationToken cancellation) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task<bool> ObserveRevealAsync(Address provider, Preimage r, TimeSpan deadline, CancellationToken cancellation) =>
        Task.FromResult(true);

    /// <inheritdoc/>
    public Task<Collectable?> GetCollectableAsync(Address channel, TimeSpan deadline, CancellationToken cancellation) =>
        Task.FromResult<Collectable?>(null);
}
