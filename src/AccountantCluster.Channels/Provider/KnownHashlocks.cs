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
    /// Adds an R to those that are remembered. The newest R of a chain leads down to those before it, which need not be kept; of too many, the oldest
    /// is forgotten.
    /// </summary>
    public static ImmutableList<Preimage> Remember(ImmutableList<Preimage> known, Preimage r)
    {
        var hashlock = r.ToHashlock();
        if (known.Exists(newer => HashSteps.Find(newer.Value, hashlock) is not null)) return known;
        var kept = known.RemoveAll(older => HashSteps.Find(r.Value, older.ToHashlock()) is not null).Add(r);
        return kept.Count > ChannelLimits.PreimagesKept ? kept.RemoveAt(0) : kept;
    }
}
