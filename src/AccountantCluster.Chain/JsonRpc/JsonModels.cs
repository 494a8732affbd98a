using System.Text.Json;

namespace AccountantCluster.Chain;

/// <summary>Reads the node's objects and writes ours.</summary>
internal static class JsonModels
{
    public static Block ReadBlock(JsonElement block) => new(
        JsonHex.ReadUInt64(block.Field("number")),
        JsonHex.ReadHash(block.Field("hash")),
        JsonHex.ReadHash(block.Field("parentHash")),
        JsonHex.ReadUInt64(block.Field("timestamp")),
        JsonHex.ReadQuantity(block.Field("baseFeePerGas")));

    public static LogEntry ReadLog(JsonElement log) => new(
        JsonHex.ReadAddress(log.Field("address")),
        [.. log.Field("topics").Items().Select(JsonHex.ReadHash)],
        JsonHex.ReadBytes(log.Field("data")),
        JsonHex.ReadUInt64(log.Field("blockNumber")),
        JsonHex.ReadHash(log.Field("blockHash")),
        JsonHex.ReadHash(log.Field("transactionHash")),
        JsonHex.ReadUInt64(log.Field("logIndex")));

    public static TransactionReceipt ReadReceipt(JsonElement receipt)
    {
        var contract = receipt.TryGetProperty("contractAddress", out var field) && field.ValueKind == JsonValueKind.String
            ? JsonHex.ReadAddress(field)
            : (Protocol.Address?)null;
        return new TransactionReceipt(
            JsonHex.ReadHash(receipt.Field("transactionHash")),
            JsonHex.ReadUInt64(receipt.Field("blockNumber")),
            JsonHex.ReadHash(receipt.Field("blockHash")),
            JsonHex.ReadUInt64(receipt.Field("status")) == 1,
            JsonHex.ReadUInt64(receipt.Field("gasUsed")),
            JsonHex.ReadQuantity(receipt.Field("effectiveGasPrice")),
            contract,
            [.. receipt.Field("logs").Items().Select(ReadLog)]);
    }

    public static FeeSuggestion ReadFees(JsonElement history)
    {
        // The list of base fees has one more entry than there are blocks: the block to come.
        var baseFees = history.Field("baseFeePerGas").Items().Select(JsonHex.ReadQuantity).ToArray();
        var rewards = history.Field("reward").Items().SelectMany(block => block.Items().Select(JsonHex.ReadQuantity)).Order().ToArray();
        if (baseFees.Length == 0) throw new EthereumUnavailableException("The Ethereum node knows no fees.");
        return new FeeSuggestion(baseFees[^1], rewards.Length == 0 ? 0 : rewards[rewards.Length / 2]);
    }

    public static void WriteCall(this Utf8JsonWriter writer, ContractCall call)
    {
        writer.WriteStartObject();
        writer.WriteString("to", call.To.ToString());
        writer.WritePropertyName("data");
        writer.WriteBytes(call.Data.Span);
        writer.WriteEndObject();
    }

    public static void WriteTransaction(this Utf8JsonWriter writer, Protocol.Address from, TransactionRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("from", from.ToString());
        if (request.To is { } to) writer.WriteString("to", to.ToString());
        if (request.ValueWei != 0) writer.WriteString("value", JsonHex.Quantity(request.ValueWei));
        writer.WritePropertyName("data");
        writer.WriteBytes(request.Data.Span);
        writer.WriteEndObject();
    }

    public static void WriteFilter(this Utf8JsonWriter writer, LogFilter filter)
    {
        writer.WriteStartObject();
        writer.WriteString("fromBlock", JsonHex.Quantity(filter.FromBlock));
        writer.WriteString("toBlock", JsonHex.Quantity(filter.ToBlock));
        if (filter.Addresses.Count > 0)
        {
            writer.WriteStartArray("address");
            foreach (var address in filter.Addresses) writer.WriteStringValue(address.ToString());
            writer.WriteEndArray();
        }
        writer.WriteStartArray("topics");
        foreach (var accepted in filter.Topics)
        {
            if (accepted.Count == 0)
            {
                writer.WriteNullValue();
                continue;
            }
            writer.WriteStartArray();
            foreach (var topic in accepted) writer.WriteStringValue(topic.ToString());
            writer.WriteEndArray();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
