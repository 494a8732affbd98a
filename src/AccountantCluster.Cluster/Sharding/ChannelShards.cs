using System.Buffers.Binary;

namespace AccountantCluster.Cluster;

/// <summary>The shard of a channel, without the text that <see cref="ChannelMessageExtractor{TMessage}"/> makes for the regions.</summary>
internal static class ChannelShards
{
    /// <summary>Number of the shard.</summary>
    public static int Of(Address channel)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        channel.CopyTo(bytes);
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(bytes) % ClusterLimits.Shards);
    }
}
