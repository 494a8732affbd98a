using System.Collections.Immutable;
using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>What happened to whoever reads the chain.</summary>
internal abstract record ObserverEvent
{
    private ObserverEvent()
    {
    }

    /// <summary>Everything up to a block was read, and what must not be missed was told.</summary>
    /// <param name="UpTo">The block.</param>
    /// <param name="Consumers">Channels that were found.</param>
    /// <param name="Providers">Identities whose provider channels were found.</param>
    public sealed record Read(
        BlockPosition UpTo, ImmutableArray<FoundConsumer> Consumers, ImmutableArray<Address> Providers) : ObserverEvent
    {
        /// <summary>Whether it says more than how far.</summary>
        public bool HasNews => !Consumers.IsEmpty || !Providers.IsEmpty;

        /// <inheritdoc/>
        public bool Equals(Read? other) =>
            other is not null && UpTo == other.UpTo && Consumers.SequenceEqual(other.Consumers) && Providers.SequenceEqual(other.Providers);

        /// <inheritdoc/>
        public override int GetHashCode() => UpTo.GetHashCode();
    }

    /// <summary>The chain was reorganised below what had been read.</summary>
    /// <param name="To">Up to which height the trail still stands; null: none of it does.</param>
    public sealed record WentBack(ulong? To) : ObserverEvent;
}
