using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Openings;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>The observer has told the channels all that a confirmed block says, to whoever started it. Never leaves the node.</summary>
/// <param name="Block">The block.</param>
/// <param name="Exits">Consumers that want to leave without consent.</param>
/// <param name="Openings">What is risked on consumers that are not registered yet.</param>
internal sealed record ChainSighted(Block Block, ImmutableArray<OpenExit> Exits, OpeningLedger Openings)
    : INoSerializationVerificationNeeded;

/// <summary>Channels hold registrations, of which the observer is told. Never leaves the node.</summary>
/// <param name="Held">The registrations.</param>
internal sealed record OpeningsReported(ImmutableArray<HeldOpening> Held) : INoSerializationVerificationNeeded;

/// <summary>Asks the observer for what it has found: answered with an <see cref="ObserverState"/>. Never leaves the node.</summary>
internal sealed class DescribeObserver : INoSerializationVerificationNeeded
{
    public static DescribeObserver Instance { get; } = new();

    private DescribeObserver()
    {
    }
}
