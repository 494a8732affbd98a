using System.Globalization;
using System.Text.Json.Nodes;

namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>Hash chains for other implementations of the SDK; windows at both ends and on both sides of a checkpoint.</summary>
internal static class HashChainVectors
{
    private static readonly uint[] Windows =
        [0, 1, 2, 255, 256, 257, 32_768, ProtocolLimits.WindowsPerChain - 2, ProtocolLimits.WindowsPerChain - 1];

    public static IEnumerable<JsonObject> All =>
    [
        Of(TestKeys.SecretOf("first chain"), chainId: 31337, instance: 0),
        Of(TestKeys.SecretOf("second chain"), chainId: 1, instance: ulong.MaxValue),
    ];

    private static JsonObject Of(Bytes32 secret, ulong chainId, ulong instance)
    {
        var chain = HashChain.Derive(secret.ToArray(), chainId, World.Accountant, World.Provider.Address, instance);
        var windows = Windows.Select(window => (JsonNode)new JsonObject
        {
            ["window"] = window.ToString(CultureInfo.InvariantCulture),
            ["r"] = chain.R(window).Value.ToString(),
            ["hashlock"] = chain.Hashlock(window).ToString(),
        });
        return new JsonObject
        {
            ["secret"] = secret.ToString(),
            ["chainId"] = chainId.ToString(CultureInfo.InvariantCulture),
            ["accountant"] = World.Accountant.ToString(),
            ["provider"] = World.Provider.Address.ToString(),
            ["instance"] = instance.ToString(CultureInfo.InvariantCulture),
            ["windows"] = new JsonArray([.. windows]),
        };
    }
}
