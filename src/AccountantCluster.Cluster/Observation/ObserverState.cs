using System.Collections.Immutable;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Openings;

namespace AccountantCluster.Cluster;

/// <summary>How far the chain was read, and the channels that were found there: a function of its events.</summary>
internal sealed record ObserverState
{
    /// <summary>Nothing was read.</summary>
    public static ObserverState Empty { get; } = new();

    /// <summary>Up to where everything was read.</summary>
    public BlockTrail Trail { get; init; } = BlockTrail.Empty;

    /// <summary>The consumers' identities, by the addresses of their channels.</summary>
    public ImmutableDictionary<Address, Address> Consumers { get; init; } = ImmutableDictionary<Address, Address>.Empty;

    /// <summary>Identities with a provider channel that holds or held something on chain.</summary>
    public ImmutableHashSet<Address> Providers { get; init; } = [];

    /// <summary>What is risked on consumers that are not registered yet.</summary>
    public OpeningLedger Openings { get; init; } = OpeningLedger.Empty;

    /// <summary>Consumers of whom something may have been taken, registered or not.</summary>
    public int ConsumersInAll => Consumers.Count + Openings.Openings.Keys.Count(channel => !Consumers.ContainsKey(channel));

    /// <summary>
    /// The state after an event. A channel that was found stays known where the chain goes back: it is read like the others, and the chain
    /// says that it is not there.
    /// </summary>
    public ObserverState Apply(ObserverEvent @event) => @event switch
    {
        ObserverEvent.Read read => this with
        {
            Trail = Trail.Add(read.UpTo),
            Consumers = Consumers.SetItems(read.Consumers.Select(found => KeyValuePair.Create(found.Channel, found.Identity))),
            Providers = Providers.Union(read.Providers),
        },
        ObserverEvent.OpeningGranted granted => this with
        {
            Openings = Openings.Grant(granted.Channel, granted.Opening, granted.Amount, granted.Time),
        },
        ObserverEvent.OpeningEnded ended => this with { Openings = Openings.End(ended.Channel, ended.Promised, ended.Lost, ended.Time) },
        ObserverEvent.WentBack back => this with { Trail = back.To is { } to ? Trail.BackTo(to) : BlockTrail.Empty },
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "No such event."),
    };
}
