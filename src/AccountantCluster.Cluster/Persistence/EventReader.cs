using System.Data;
using Akka.Actor;
using Akka.Persistence;
using LinqToDB;
using LinqToDB.Data;
using AkkaSerialization = Akka.Serialization.Serialization;

namespace AccountantCluster.Cluster;

/// <summary>
/// Reads a channel's events back, with one statement on one connection. The plugin starts a stream and a transaction for each channel, which
/// is a third of what waking one costs. Safe for concurrent use.
/// </summary>
internal sealed class EventReader(DataOptions options, AkkaSerialization serialization)
{
    private const string Events = """
        SELECT sequence_number, message, identifier, manifest, writer_uuid, created FROM journal
        WHERE persistence_id = @id AND sequence_number BETWEEN @first AND @last AND deleted = @deleted
        ORDER BY sequence_number
        """;

    /// <summary>Hands over the events in their order.</summary>
    /// <param name="id">The channel's.</param>
    /// <param name="first">Number of the first event.</param>
    /// <param name="last">Number of the last event, at most.</param>
    /// <param name="max">So many events at most.</param>
    /// <param name="found">Is given each of them.</param>
    /// <exception cref="Exception">The database does not answer, or an event cannot be read.</exception>
    public async Task ReadAsync(string id, long first, long last, long max, Action<IPersistentRepresentation> found)
    {
        if (first > last || max <= 0) return;
        await using var connection = new DataConnection(options);
        await using var answer = await connection.ExecuteReaderAsync(
            Events,
            new DataParameter("id", id),
            new DataParameter("first", first),
            new DataParameter("last", last),
            new DataParameter("deleted", value: false));
        var rows = answer.Reader!;
        for (var count = 0L; count < max && await rows.ReadAsync(); count++)
        {
            var manifest = rows.GetString("manifest");
            found(new Persistent(
                serialization.Deserialize((byte[])rows["message"], rows.GetInt32("identifier"), manifest),
                rows.GetInt64("sequence_number"),
                id,
                manifest,
                isDeleted: false,
                ActorRefs.NoSender,
                rows.GetString("writer_uuid"),
                rows.GetInt64("created")));
        }
    }
}
