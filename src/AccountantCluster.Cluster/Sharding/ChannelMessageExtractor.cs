using System.Buffers;
using System.Globalization;
using Akka.Cluster.Sharding;

namespace AccountantCluster.Cluster;

/// <summary>
/// Entity = the 40 lower-case hexadecimal digits of a channel's address; shard = its first 32 bits modulo the number of shards, because an
/// address is a hash already. Never throws: an exception here would stop every channel of the node, so what it does not know has no entity
/// and is a dead letter.
/// </summary>
/// <param name="addressOf">The address of a message's channel.</param>
internal sealed class ChannelMessageExtractor<TMessage>(Func<TMessage, Address> addressOf) : IMessageExtractor
    where TMessage : class, IChannelMessage
{
    // Enough digits for 32 bits.
    private const int Digits = 8;

    private static readonly SearchValues<char> LowerCaseHex = SearchValues.Create("0123456789abcdef");

    /// <inheritdoc/>
    public string? EntityId(object message) => message is TMessage channelMessage ? ChannelIds.EntityOf(addressOf(channelMessage)) : null;

    /// <inheritdoc/>
    public object? EntityMessage(object message) => message;

    /// <inheritdoc/>
    public string? ShardId(object message) => EntityId(message) is { } entityId ? ShardId(entityId, message) : null;

    /// <inheritdoc/>
    public string ShardId(string entityId, object? messageHint = null) => IsEntityId(entityId)
        ? (uint.Parse(entityId.AsSpan(0, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) % ClusterLimits.Shards)
            .ToString(CultureInfo.InvariantCulture)
        : "0";

    private static bool IsEntityId(string? entityId) =>
        entityId is { Length: 2 * Address.Length } && !entityId.AsSpan().ContainsAnyExcept(LowerCaseHex);
}
