using System.Data;
using LinqToDB;
using LinqToDB.Data;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace AccountantCluster.Cluster;

/// <summary>Reads the newest snapshot of something, past whoever wrote it. Safe for concurrent use.</summary>
internal sealed class SnapshotReader(DataOptions options, AkkaSerialization serialization)
{
    private const string Newest = """
        SELECT sequence_number, snapshot, serializer_id, manifest FROM snapshot
        WHERE persistence_id = @id AND sequence_number <= @last
        ORDER BY sequence_number DESC LIMIT 1
        """;

    /// <summary>The snapshot, with the number of the last event in it; null where there is none.</summary>
    /// <param name="id">Whose journal it belongs to.</param>
    /// <param name="last">Number of the last event that may be in it.</param>
    /// <exception cref="Exception">The database does not answer, or the snapshot cannot be read.</exception>
    public async Task<(object State, long Number)?> ReadAsync(string id, long last)
    {
        await using var connection = new DataConnection(options);
        await using var answer = await connection.ExecuteReaderAsync(Newest, new DataParameter("id", id), new DataParameter("last", last));
        var rows = answer.Reader!;
        if (!await rows.ReadAsync()) return null;
        var state = serialization.Deserialize((byte[])rows["snapshot"], rows.GetInt32("serializer_id"), rows.GetString("manifest"));
        return (state, rows.GetInt64("sequence_number"));
    }
}
