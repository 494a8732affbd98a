using System.Globalization;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Cluster.Tests;

/// <summary>An exception in the extractor would stop every channel of a node.</summary>
public sealed class ChannelMessageExtractorTests
{
    private readonly ChannelMessageExtractor<IConsumerChannelMessage> _consumers = new(message => message.Channel);
    private readonly ChannelMessageExtractor<IProviderChannelMessage> _providers = new(message => message.Provider);

    [Fact]
    public void An_entity_is_40_lower_case_digits_and_its_shard_never_changes()
    {
        var address = Address.Parse("0xABCDEF0123456789abcdef0123456789ABCDEF01");
        var message = new GetCollectable(address);

        Assert.Equal("abcdef0123456789abcdef0123456789abcdef01", _consumers.EntityId(message));
        Assert.Same(message, _consumers.EntityMessage(message));
        // 0xabcdef01 = 2882400001, modulo 128. Another number would move every channel of a running cluster.
        Assert.Equal("1", _consumers.ShardId(_consumers.EntityId(message)!, message));
        Assert.Equal("1", _providers.ShardId(_providers.EntityId(new DescribeProviderChannel(address))!));
    }

    [Fact]
    public void Any_text_has_a_shard() => Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789abcdefABCDEFxX-+ "], 0, 60], Gen.Const(""))
        .Sample(
            text => int.Parse(_consumers.ShardId(text), CultureInfo.InvariantCulture) is >= 0 and < ClusterLimits.Shards,
            iter: TestEffort.Of(2_000));

    [Fact]
    public void Any_address_has_a_shard() => Gen.Byte.Array[Address.Length].Sample(
        bytes =>
        {
            var entityId = _consumers.EntityId(new GetCollectable(new Address(bytes)))!;
            var shard = ChannelShards.Of(new Address(bytes)).ToString(CultureInfo.InvariantCulture);
            return shard == _consumers.ShardId(entityId)
                && entityId == Convert.ToHexStringLower(bytes)
                && int.Parse(_consumers.ShardId(entityId), CultureInfo.InvariantCulture) is >= 0 and < ClusterLimits.Shards;
        },
        iter: TestEffort.Of(2_000));

    [Fact]
    public void What_is_not_for_this_kind_of_channel_has_no_entity()
    {
        object[] others = [new(), "text", 1, new GetCollectable(default), Observed.Instance, StopChannel.Instance, Array.Empty<byte>()];

        Assert.All(others, other => Assert.Null(_providers.EntityId(other)));
        Assert.Null(_consumers.EntityId(new DescribeProviderChannel(default)));
        Assert.Null(_consumers.EntityId(null!));
        Assert.Equal("0", _consumers.ShardId(null!));
    }

    [Fact]
    public void Shards_are_filled_evenly()
    {
        var counts = new int[ClusterLimits.Shards];
        for (var i = 0; i < 128 * 200; i++)
        {
            var address = new Address(Keccak256.Hash(Bytes32.FromUInt128((UInt128)i)).ToArray().AsSpan(12));
            counts[int.Parse(_consumers.ShardId(_consumers.EntityId(new GetCollectable(address))!), CultureInfo.InvariantCulture)]++;
        }
        Assert.All(counts, count => Assert.InRange(count, 120, 280));
    }
}
