using System.Text.Json.Nodes;

namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>Channels of some identities at some accountants; addresses with leading zeros and all ones among them.</summary>
internal static class ChannelVectors
{
    private static readonly Address Low = Address.Parse("0x0000000000000000000000000000000000000001");
    private static readonly Address High = Address.Parse("0xffffffffffffffffffffffffffffffffffffffff");

    public static IEnumerable<JsonObject> All =>
    [
        Of(World.Registry, World.Implementation, World.Consumer.Address, World.Accountant, World.Token),
        Of(World.Registry, World.Implementation, World.Provider.Address, World.Accountant, World.Token),
        Of(World.Registry, World.Implementation, World.Consumer.Address, World.Beneficiary, World.Token),
        Of(World.Beneficiary, World.Token, World.Consumer.Address, World.Accountant, World.Implementation),
        Of(World.Registry, World.Implementation, Low, World.Accountant, World.Token),
        Of(World.Registry, World.Implementation, High, Low, World.Token),
        Of(High, High, High, High, High),
    ];

    private static JsonObject Of(Address registry, Address implementation, Address identity, Address accountant, Address token)
    {
        var channel = ConsumerChannelAddress.Predict(registry, implementation, identity, accountant, token);
        return new JsonObject
        {
            ["registry"] = registry.ToString(),
            ["implementation"] = implementation.ToString(),
            ["identity"] = identity.ToString(),
            ["accountant"] = accountant.ToString(),
            ["token"] = token.ToString(),
            ["consumerChannel"] = channel.ToString(),
            ["consumerChannelId"] = ChannelId.OfConsumer(channel).ToString(),
            ["providerChannelId"] = ChannelId.OfProvider(identity, accountant).ToString(),
        };
    }
}
