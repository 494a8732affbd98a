using System.Text.Json;

namespace AccountantCluster.Chain;

/// <summary>One call of JSON-RPC.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="WriteParameters">Writes the parameters, one value each, into an array that is open.</param>
internal sealed record JsonRpcRequest(string Method, Action<Utf8JsonWriter> WriteParameters);

/// <summary>The answer to one call: a result, or an error.</summary>
internal readonly record struct JsonRpcReply(JsonElement Result, RpcException? Error);
