using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>What a provider channel can open (protocol §5): the Rs it was told, and all that they lead down to.</summary>
internal static class KnownHashlocks
{
    /// <summary>
    /// The Rs of those hashlocks that known values lead down to: known Rs, and open hashlocks, which are Rs of older windows. None of them may be open
    /// itself. Each known value is walked once, however many hashlocks are asked for.
    /// </summary>
    public static Dictionary<Hashlock, Preimage> Of(ProviderChannelState state, IReadOnlySet<Hashlock> hashlocks)
    {
        var found = new Dictionary<Hashlock, Preimage>();
        if (hashlocks.Count == 0) return found;
        var known = state.KnownPreimages.Select(r => r.Value).Concat(state.Open.Keys.Select(hashlock => hashlock.Value));
        foreach (var r in known.SelectMany(value => HashSteps.OpenedBy(value, hashlocks.Contains))) found.TryAdd(r.ToHashlock(), r);
        return found;
    }

    /// <summary>The R of one hashlock; null where it is open or nothing is known of it.</summary>
    public static Preimage? Find(ProviderChannelState state, Hashlock hashlock)
    {
        if (state.Open.ContainsKey(hashlock)) return null;
        return Of(state, new HashSet<Hashlock> { hashlock }).TryGetValue(hashlock, out var r) ? r : null;
    }

    /// <summary>
    /// Adds an R to those that are remembered. Of a chain's Rs the newest is kept and one in 15 before it, which lead down to all between; of too many,
    /// the oldest is forgotten.
    /// </summary>
    public static ImmutableList<Preimage> Remember(ImmutableList<Preimage> known, Preimage r)
    {
        bool IsBelow(Preimage older, Preimage newer) => HashSteps.Find(newer.Value, older.ToHashlock()) is not null;

        if (known.Exists(newer => IsBelow(r, newer))) return known;
        // The last one is needed only where the one before it is out of reach.
        var isLink = known is [.., var before, var last] && IsBelow(last, r) && IsBelow(before, r);
        var kept = (isLink ? known.RemoveAt(known.Count - 1) : known).Add(r);
        return kept.Count > ChannelLimits.PreimagesKept ? kept.RemoveAt(0) : kept;
    }
}
