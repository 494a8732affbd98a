using System.Collections.Immutable;

namespace AccountantCluster.Cluster;

/// <summary>
/// What channels of a node have reported, for whoever settles. No answer: one that is lost is found when all channels are asked.
/// </summary>
/// <param name="Consumers">Consumer channels with something to collect.</param>
/// <param name="Providers">Provider channels to which something can be paid.</param>
internal sealed record SettleableReported(ImmutableArray<Report> Consumers, ImmutableArray<Report> Providers) : IChannelMessage
{
    /// <summary>Registrations that consumer channels hold and have nothing granted on.</summary>
    public ImmutableArray<HeldOpening> Openings { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(SettleableReported? other) =>
        other is not null && Consumers.SequenceEqual(other.Consumers) && Providers.SequenceEqual(other.Providers)
        && Openings.SequenceEqual(other.Openings);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Consumers.Length, Providers.Length, Openings.Length);
}
