namespace AccountantCluster.Cluster;

/// <summary>Messages of this node's batches to consumer channels, by where and how they were answered.</summary>
/// <param name="Local">On this node.</param>
/// <param name="Enveloped">On another node, many in one envelope.</param>
/// <param name="Alone">On another node, each on its own: the first of a shard, and what had to be sent again.</param>
internal readonly record struct OffersAnswered(long Local, long Enveloped, long Alone)
{
    /// <summary>All of them.</summary>
    public long Sum => Local + Enveloped + Alone;

    public static OffersAnswered operator -(OffersAnswered later, OffersAnswered earlier) =>
        new(later.Local - earlier.Local, later.Enveloped - earlier.Enveloped, later.Alone - earlier.Alone);
}
