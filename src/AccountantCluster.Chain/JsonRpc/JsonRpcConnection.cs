using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AccountantCluster.Chain;

/// <summary>JSON-RPC 2.0 over HTTP: single calls and batches, with a deadline and a limit on the answer's size.</summary>
internal sealed class JsonRpcConnection(HttpClient http, Uri endpoint, EthereumClientOptions options)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>One call.</summary>
    /// <exception cref="RpcException">The node refused.</exception>
    /// <exception cref="EthereumUnavailableException">The node did not answer in time and in form.</exception>
    public async Task<JsonElement> CallAsync(JsonRpcRequest request, CancellationToken cancellation)
    {
        var answer = await ExchangeAsync(writer => WriteRequest(writer, request, id: 0), cancellation);
        var reply = ReadReply(answer, out _);
        return reply.Error is null ? reply.Result : throw reply.Error;
    }

    /// <summary>Calls in one HTTP request; the replies have the order of the requests.</summary>
    /// <exception cref="RpcException">The node refused the batch.</exception>
    /// <exception cref="EthereumUnavailableException">The node did not answer in time and in form.</exception>
    public async Task<JsonRpcReply[]> CallManyAsync(IReadOnlyList<JsonRpcRequest> requests, CancellationToken cancellation)
    {
        var answer = await ExchangeAsync(
            writer =>
            {
                writer.WriteStartArray();
                for (var id = 0; id < requests.Count; id++) WriteRequest(writer, requests[id], id);
                writer.WriteEndArray();
            },
            cancellation);
        if (answer.ValueKind != JsonValueKind.Array)
            throw ReadReply(answer, out _).Error as EthereumException ?? Malformed("one answer to many calls");

        var replies = new JsonRpcReply?[requests.Count];
        foreach (var element in answer.EnumerateArray())
        {
            var reply = ReadReply(element, out var id);
            if (id < 0 || id >= replies.Length || replies[id] is not null) throw Malformed("an answer to a call that was not made");
            replies[id] = reply;
        }
        return Array.ConvertAll(replies, reply => reply ?? throw Malformed("a call without an answer"));
    }

    private static void WriteRequest(Utf8JsonWriter writer, JsonRpcRequest request, int id)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteNumber("id", id);
        writer.WriteString("method", request.Method);
        writer.WriteStartArray("params");
        request.WriteParameters(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static JsonRpcReply ReadReply(JsonElement element, out int id)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Malformed("an answer that is no object");
        id = ReadInteger(element, "id") ?? -1;
        if (element.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            return new JsonRpcReply(default, ReadError(error));
        return element.TryGetProperty("result", out var result)
            ? new JsonRpcReply(result, null)
            : throw Malformed("neither a result nor an error");
    }

    // Nodes differ in the code of a revert (3, -32000, -32015); the data, or the words of the message, are common to them.
    private static RpcException ReadError(JsonElement error)
    {
        const int revertCode = 3;
        var code = ReadInteger(error, "code") ?? 0;
        var message = error.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        var hasData = error.TryGetProperty("data", out var field) & JsonHex.TryReadBytes(field, out var data);
        return code == revertCode || hasData || message.Contains("execution reverted", StringComparison.OrdinalIgnoreCase)
            ? new ContractRevertedException(code, data)
            : new RpcException(code, message);
    }

    private static int? ReadInteger(JsonElement element, string field) =>
        element.TryGetProperty(field, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value)
            ? value
            : null;

    private async Task<JsonElement> ExchangeAsync(Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.RequestDeadline);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = Serialize(write) };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var body = await ReadBodyAsync(response.Content, limit.Token);
            // Some nodes put errors of JSON-RPC behind a status of HTTP: the body says more, if it is JSON.
            if (!response.IsSuccessStatusCode && !LooksLikeJson(body))
                throw new EthereumUnavailableException($"The Ethereum node answered with HTTP {(int)response.StatusCode}.");
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new EthereumUnavailableException(
                $"The Ethereum node did not answer within {options.RequestDeadline.TotalSeconds} s.", problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw new EthereumUnavailableException("The Ethereum node cannot be reached.", problem);
        }
        catch (JsonException problem)
        {
            throw new EthereumUnavailableException("The Ethereum node did not answer in JSON.", problem);
        }
    }

    private static ReadOnlyMemoryContent Serialize(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        var content = new ReadOnlyMemoryContent(buffer.WrittenMemory);
        content.Headers.ContentType = Json;
        return content;
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (body.Length + read > options.MaxResponseBytes)
                throw new EthereumUnavailableException($"The Ethereum node's answer is larger than {options.MaxResponseBytes} bytes.");
            body.Write(chunk, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static bool LooksLikeJson(ReadOnlyMemory<byte> body) => body.Length > 0 && body.Span[0] is ((byte)'{' or (byte)'[');

    private static EthereumUnavailableException Malformed(string what) => new($"The Ethereum node's answer is not JSON-RPC: {what}.");
}
