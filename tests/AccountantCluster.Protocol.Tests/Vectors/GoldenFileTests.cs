using System.Text.Json.Nodes;
using AccountantCluster.Protocol.Tests.Signing;

namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>
/// The golden vectors are what this code says today: checked from Solidity too, and the messages with an independent wallet.
/// </summary>
public sealed class GoldenFileTests
{
    [Fact]
    public void Messages_are_current() => GoldenFile.Check("messages.json", MessageVectors.All.Select(vector => vector.ToJson()));

    [Fact]
    public void Signatures_are_current() => GoldenFile.Check("signatures.json", SignatureCases.All.Select(row => new JsonObject
    {
        ["name"] = row.Name,
        ["digest"] = row.Digest.ToString(),
        ["signer"] = row.Signer.ToString(),
        ["signature"] = "0x" + Convert.ToHexStringLower(row.Signature),
        ["valid"] = row.Valid,
    }));

    [Fact]
    public void Channels_are_current() => GoldenFile.Check("channels.json", ChannelVectors.All);

    [Fact]
    public void Hash_chains_are_current() => GoldenFile.Check("hashchains.json", HashChainVectors.All);
}
