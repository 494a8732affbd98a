using System.Globalization;
using System.Text.Json.Nodes;

namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>One message as JSON, what it hashes to, and its signature.</summary>
internal sealed record MessageVector(
    string Type, AccountantDomain Domain, JsonObject Message, Bytes32 StructHash, Bytes32 Digest, PrivateKey Key, Signature Signature)
{
    public static MessageVector Of<T>(AccountantDomain domain, PrivateKey key, T message)
        where T : struct, ITypedMessage
    {
        var digest = domain.Digest(message);
        return new MessageVector(
            typeof(T).Name, domain, MessageJson.Of(message), message.HashStruct(), digest, key, new ManagedCurve().Sign(digest, key));
    }

    public JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["domain"] = new JsonObject
        {
            ["chainId"] = Domain.ChainId.ToString(CultureInfo.InvariantCulture),
            ["verifyingContract"] = Domain.VerifyingContract.ToString(),
        },
        ["message"] = Message.DeepClone(),
        ["structHash"] = StructHash.ToString(),
        ["digest"] = Digest.ToString(),
        ["signer"] = Key.Address.ToString(),
        ["signature"] = Signature.ToString(),
    };
}
