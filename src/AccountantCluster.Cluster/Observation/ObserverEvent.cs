using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

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

    /// <summary>A consumer may pay before its registration is mined.</summary>
    /// <param name="Channel">Address of its channel.</param>
    /// <param name="Opening">The registration that the channel holds.</param>
    /// <param name="Amount">The most that it may promise until then, in token base units.</param>
    /// <param name="Time">Of the confirmed block in which the tokens are there, Unix seconds.</param>
    public sealed record OpeningGranted(Address Channel, Opening Opening, Amount Amount, ulong Time) : ObserverEvent;

    /// <summary>It is known what is lost on a fast opening that is over.</summary>
    /// <param name="Channel">Address of the channel.</param>
    /// <param name="Promised">What was promised, in token base units.</param>
    /// <param name="Lost">What of it is not there, in token base units; zero, and it is forgotten.</param>
    /// <param name="Time">Of a confirmed block, Unix seconds.</param>
    public sealed record OpeningEnded(Address Channel, Amount Promised, Amount Lost, ulong Time) : ObserverEvent;

    /// <summary>The chain was reorganised below what had been read.</summary>
    /// <param name="To">Up to which height the trail still stands; null: none of it does.</param>
    public sealed record WentBack(ulong? To) : ObserverEvent;
}
