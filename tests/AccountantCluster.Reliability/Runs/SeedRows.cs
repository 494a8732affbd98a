using System.Text.Json;
using System.Text.Json.Serialization;

namespace AccountantCluster.Reliability.Runs;

/// <summary>The rows of all seeds that were run, a line of JSON each. Several programs may add to it at once.</summary>
internal sealed class SeedRows(string path)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Adds a row.</summary>
    public void Add(SeedRow row) => File.AppendAllText(path, JsonSerializer.Serialize(row, Format) + "\n");

    /// <summary>All of them, in the order of their seeds; of a seed that was run more than once, every run.</summary>
    public IReadOnlyList<SeedRow> Read() =>
        [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<SeedRow>(line, Format)!).OrderBy(row => row.Seed)];
}
