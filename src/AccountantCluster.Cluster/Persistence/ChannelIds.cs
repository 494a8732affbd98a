namespace AccountantCluster.Cluster;

/// <summary>Under which names the journal holds channels, and under which kinds metrics count them. Never change.</summary>
internal static class ChannelIds
{
    /// <summary>Kind of a paying channel.</summary>
    public const string Consumer = "consumer";

    /// <summary>Kind of a receiving channel.</summary>
    public const string Provider = "provider";

    /// <summary>Name of an entity in its shard.</summary>
    /// <param name="address">Of the consumer channel, or of the provider.</param>
    public static string EntityOf(Address address) => address.ToString()[2..];

    /// <summary>Name of a journal.</summary>
    /// <param name="kind">What it is the journal of.</param>
    /// <param name="entity">Which of them.</param>
    public static string JournalOf(string kind, string entity) => $"{kind}-{entity}";
}
