using System.Text.Json;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Has transactions signed by a program that keeps the key, over JSON-RPC's <c>eth_signTransaction</c>: Web3Signer, which answers with the
/// signed bytes, or one like Clef, which puts them into an object as <c>raw</c>.
/// </summary>
/// <param name="http">Makes the requests; stays the caller's to dispose.</param>
/// <param name="endpoint">Where it is.</param>
/// <param name="address">Whose key it is to use.</param>
/// <param name="options">Limits of a request.</param>
public sealed class RemoteTransactionSigner(HttpClient http, Uri endpoint, Address address, EthereumClientOptions options)
    : ITransactionSigner
{
    private readonly JsonRpcConnection _connection = new(http, endpoint, options);

    /// <inheritdoc/>
    public Address Address => address;

    /// <inheritdoc/>
    public async Task<Signature> SignAsync(Eip1559Transaction transaction, CancellationToken cancellation)
    {
        var answer = await _connection.CallAsync(
            new JsonRpcRequest("eth_signTransaction", writer => Write(writer, transaction)), cancellation);
        if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("raw", out var inside)) answer = inside;
        return JsonHex.TryReadBytes(answer, out var raw) && transaction.TryReadSignature(raw.Span, out var signature)
            ? signature
            : throw new EthereumUnavailableException("The signer did not answer with the transaction that it was given, signed.");
    }

    private void Write(Utf8JsonWriter writer, Eip1559Transaction transaction)
    {
        writer.WriteStartObject();
        writer.WriteString("from", address.ToString());
        if (transaction.Request.To is { } to) writer.WriteString("to", to.ToString());
        writer.WriteString("type", "0x2");
        writer.WriteString("chainId", JsonHex.Quantity(transaction.ChainId));
        writer.WriteString("nonce", JsonHex.Quantity(transaction.Nonce));
        writer.WriteString("gas", JsonHex.Quantity(transaction.GasLimit));
        writer.WriteString("maxPriorityFeePerGas", JsonHex.Quantity(transaction.MaxPriorityFeePerGasWei));
        writer.WriteString("maxFeePerGas", JsonHex.Quantity(transaction.MaxFeePerGasWei));
        writer.WriteString("value", JsonHex.Quantity(transaction.Request.ValueWei));
        writer.WritePropertyName("data");
        writer.WriteBytes(transaction.Request.Data.Span);
        writer.WriteEndObject();
    }
}
