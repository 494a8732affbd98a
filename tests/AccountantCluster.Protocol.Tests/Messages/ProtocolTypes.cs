using System.Text.Json.Nodes;
using AccountantCluster.Protocol.Tests.Vectors;

namespace AccountantCluster.Protocol.Tests.Messages;

/// <summary>The types of protocol §2 as that page has them, apart from the code under test: what a wallet is shown.</summary>
internal static class ProtocolTypes
{
    private const string Text = """
        ConsumerPromise(bytes32 channelId,uint256 amount,bytes32 hashlock,Agreement agreement)
        Agreement(address provider,uint256 agreementId,uint256 agreementTotal)
        ProviderPromise(bytes32 channelId,uint256 amount,bytes32 hashlock)
        ExchangeSession(address provider,bytes32 challenge,uint256 deadline)
        SettlementFee(bytes32 channelId,uint256 totalFee,address transactionMaker,uint256 minSettled,uint256 deadline)
        RegisterIdentity(address identity,address accountant,uint256 loan,address beneficiary,uint256 fee,address transactionMaker,uint256 deadline)
        ReturnLoan(bytes32 channelId,uint256 totalReturned,uint256 deadline)
        SetBeneficiary(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)
        RequestExit(bytes32 channelId,address beneficiary,uint256 nonce,uint256 deadline)
        ConsentExit(bytes32 channelId,address beneficiary,uint256 amount,uint256 nonce,uint256 deadline)
        EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)
        """;

    private static readonly IReadOnlyDictionary<string, (string Type, string Name)[]> Fields = Text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .ToDictionary(line => line[..line.IndexOf('(', StringComparison.Ordinal)], ParseFields);

    /// <summary>The messages that are signed.</summary>
    public static IEnumerable<string> Messages => Fields.Keys.Except(["Agreement", "EIP712Domain"]);

    /// <summary>EIP-712 typed data, as wallets take it.</summary>
    public static JsonObject TypedData(MessageVector vector)
    {
        string[] types = vector.Type == nameof(ConsumerPromise) ? [vector.Type, "Agreement", "EIP712Domain"] : [vector.Type, "EIP712Domain"];
        var domain = vector.ToJson()["domain"]!.DeepClone().AsObject();
        domain["name"] = "Accountant Pattern";
        domain["version"] = "1";
        return new JsonObject
        {
            ["types"] = new JsonObject(types.Select(type => KeyValuePair.Create(type, (JsonNode?)Describe(Fields[type])))),
            ["primaryType"] = vector.Type,
            ["domain"] = domain,
            ["message"] = vector.Message.DeepClone(),
        };
    }

    private static (string Type, string Name)[] ParseFields(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        return [.. line[(open + 1)..^1].Split(',').Select(field => field.Split(' ')).Select(words => (words[0], words[1]))];
    }

    private static JsonArray Describe((string Type, string Name)[] fields) =>
        [.. fields.Select(field => new JsonObject { ["name"] = field.Name, ["type"] = field.Type })];
}
