using System.Collections.Immutable;
using AccountantCluster.Chain;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>The observer has told the channels all that a confirmed block says, to whoever started it. Never leaves the node.</summary>
/// <param name="Block">The block.</param>
/// <param name="Exits">Consumers that want to leave without consent.</param>
internal sealed record ChainSighted(Block Block, ImmutableArray<OpenExit> Exits) : INoSerializationVerificationNeeded;

/// <summary>Asks the observer for what it has found: answered with an <see cref="ObserverState"/>. Never leaves the node.</summary>
internal sealed class DescribeObserver : INoSerializationVerificationNeeded
{
    public static DescribeObserver Instance { get; } = new();

    private DescribeObserver()
    {
    }
}
