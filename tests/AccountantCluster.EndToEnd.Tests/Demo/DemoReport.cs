using System.Text.Json;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.EndToEnd.Tests.Demo;

/// <summary>The last line of <c>demo --json</c>, read without the program's own types.</summary>
internal sealed class DemoReport
{
    private readonly JsonElement _json;

    public DemoReport(ProcessResult result)
    {
        var line = result.Output.TrimEnd('\n').Split('\n')[^1];
        Assert.True(line.StartsWith('{'), $"{result.Output}\n{result.Error}");
        using var document = JsonDocument.Parse(line);
        _json = document.RootElement.Clone();
    }

    public bool Conserved => _json.GetProperty("conserved").GetBoolean();

    public string? Failure => _json.GetProperty("failure").GetString();

    public string Curve => _json.GetProperty("curve").GetString()!;

    public int Nodes => _json.GetProperty("nodes").GetInt32();

    public double Seconds => _json.GetProperty("seconds").GetDouble();

    public long PromisesAccepted => _json.GetProperty("promisesAccepted").GetInt64();

    public IReadOnlyDictionary<string, long> Rejected =>
        _json.GetProperty("rejected").EnumerateObject().ToDictionary(reason => reason.Name, reason => reason.Value.GetInt64());

    public Amount Balances => _json.GetProperty("balances").EnumerateObject()
        .Aggregate(Protocol.Amount.Zero, (sum, party) => sum + Protocol.Amount.Parse(party.Value.GetString()!));

    public IReadOnlyList<JsonElement> Departures => [.. _json.GetProperty("departures").EnumerateArray()];

    public JsonElement Recovered => _json.GetProperty("recovered");

    public IReadOnlyList<JsonElement> Providers => [.. _json.GetProperty("providers").EnumerateArray()];

    public static Amount Units(JsonElement json, string name) => Protocol.Amount.Parse(json.GetProperty(name).GetString()!);

    public Amount Amount(string name) => Protocol.Amount.Parse(_json.GetProperty(name).GetString()!);
}
