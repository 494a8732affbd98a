using System.Globalization;
using System.Text.Json.Nodes;

namespace AccountantCluster;

/// <summary>Changes what is asked and what is answered in one request of HTTP. Not safe for concurrent use.</summary>
/// <param name="lies">How.</param>
/// <param name="ask">Asks the real node.</param>
internal sealed class LyingAnswers(Lies lies, Func<JsonNode, CancellationToken, Task<JsonNode>> ask)
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    // Selector of balanceOf(address).
    private const string BalanceOf = "0x70a08231";

    // Where the parameters of a method say which block is meant.
    private static readonly Dictionary<string, int> BlockParameters = new()
    {
        ["eth_getBlockByNumber"] = 0,
        ["eth_call"] = 1,
        ["eth_estimateGas"] = 1,
        ["eth_getBalance"] = 1,
        ["eth_getCode"] = 1,
        ["eth_getTransactionCount"] = 1,
    };

    private readonly Dictionary<string, ulong?> _numbers = [];
    private ulong _newest = ulong.MaxValue;

    /// <summary>The answer to a request, which is a call or an array of them.</summary>
    public async Task<JsonNode> AnswerAsync(JsonNode request, CancellationToken cancellation)
    {
        if (lies.LagBlocks > 0)
        {
            var head = Number((await CallAsync("eth_blockNumber", [], cancellation))!);
            _newest = head - Math.Min(head, lies.LagBlocks);
        }
        var calls = Each(request).ToDictionary(call => call["id"]!.ToJsonString());
        var unknown = new HashSet<string>();
        foreach (var (id, call) in calls)
        {
            if (!await LeadBackAsync(call, cancellation)) unknown.Add(id);
        }
        var answer = await ask(request, cancellation);
        foreach (var one in Each(answer))
        {
            // A node that refuses as a whole answers to no call in particular.
            if (one["id"]?.ToJsonString() is not { } id || !calls.TryGetValue(id, out var call)) continue;
            if (unknown.Contains(id)) Refuse(one);
            else if (one.ContainsKey("result")) one["result"] = Twist(call, one["result"]);
        }
        return answer;
    }

    // One that is behind means an older block with its newest, and knows no newer one.
    private async Task<bool> LeadBackAsync(JsonObject call, CancellationToken cancellation)
    {
        if (lies.LagBlocks == 0 || !BlockParameters.TryGetValue(Method(call), out var position)) return true;
        var parameters = call["params"]!.AsArray();
        if (position >= parameters.Count) return true;
        if (parameters[position] is JsonObject named) return await NumberOfAsync(Text(named["blockHash"]), cancellation) <= _newest;
        var word = Text(parameters[position]);
        if (word.StartsWith("0x", Ordinal)) return Method(call) == "eth_getBlockByNumber" || Number(word) <= _newest;
        parameters[position] = Quantity(_newest);
        return true;
    }

    private JsonNode? Twist(JsonObject call, JsonNode? result)
    {
        switch (Method(call))
        {
            case "eth_chainId" when lies.ChainId is { } chain:
                return Quantity(chain);
            case "eth_blockNumber" when lies.LagBlocks > 0:
                return Quantity(_newest);
            case "eth_getBlockByNumber" or "eth_getBlockByHash" when IsUnknown(result?["number"]):
                return null;
            case "eth_getTransactionReceipt" when result is JsonObject receipt:
                if (lies.HidesReceipts || IsUnknown(receipt["blockNumber"])) return null;
                if (lies.TurnsReceipts) receipt["status"] = Text(receipt["status"]) == "0x1" ? "0x0" : "0x1";
                return receipt.DeepClone();
            case "eth_getLogs" when result is JsonArray logs:
                var told = logs.Where(log => !lies.HidesLogs && !IsUnknown(log!["blockNumber"])).Select(log => log!.DeepClone());
                return new JsonArray(
                    lies.InventedLog is { } invented && call["params"]!.ToJsonString().Contains(Text(invented["topics"]![0]), Ordinal)
                        ? [.. told, invented.DeepClone()]
                        : [.. told]);
            case "eth_call" when lies.InventedBalance is { } balance
                && Text(call["params"]![0]!["data"]).StartsWith(BalanceOf, Ordinal):
                return $"0x{balance:x64}";
            default:
                return result?.DeepClone();
        }
    }

    private static void Refuse(JsonObject answer)
    {
        answer.Remove("result");
        answer["error"] = new JsonObject { ["code"] = -32_000, ["message"] = "header not found" };
    }

    private async Task<ulong?> NumberOfAsync(string hash, CancellationToken cancellation)
    {
        if (!_numbers.TryGetValue(hash, out var number))
        {
            var block = await CallAsync("eth_getBlockByHash", [hash, false], cancellation);
            _numbers[hash] = number = block is null ? null : Number(block["number"]!);
        }
        return number;
    }

    private async Task<JsonNode?> CallAsync(string method, JsonArray parameters, CancellationToken cancellation)
    {
        var answer = await ask(
            new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }, cancellation);
        return answer["result"];
    }

    private bool IsUnknown(JsonNode? number) => number is not null && Number(number) > _newest;

    private static IEnumerable<JsonObject> Each(JsonNode body) =>
        body is JsonArray many ? many.Select(one => one!.AsObject()) : [body.AsObject()];

    private static string Method(JsonObject call) => Text(call["method"]);

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static string Quantity(ulong number) => $"0x{number:x}";

    private static ulong Number(JsonNode node) => Number(Text(node));

    private static ulong Number(string digits) =>
        ulong.Parse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
