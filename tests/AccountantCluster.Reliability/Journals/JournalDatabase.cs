using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Npgsql;

namespace AccountantCluster.Reliability.Journals;

/// <summary>The nodes' database, for somebody who is not a node: keeps what nodes delete, and reads with SQL.</summary>
internal sealed class JournalDatabase(string connectionString) : IAsyncDisposable
{
    // What a node deletes after a snapshot is kept here, so that every channel can be added up from its first event.
    private const string ArchiveScript = """
        CREATE TABLE reliability_archive (LIKE journal);
        CREATE FUNCTION reliability_keep() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO reliability_archive SELECT OLD.*; RETURN OLD; END $$;
        CREATE TRIGGER reliability_keep BEFORE DELETE ON journal FOR EACH ROW EXECUTE FUNCTION reliability_keep();
        """;

    private const string EventsOf = """
        SELECT persistence_id, sequence_number, manifest, message
        FROM (SELECT * FROM journal UNION ALL SELECT * FROM reliability_archive) AS stored
        WHERE persistence_id = ANY ($1) ORDER BY persistence_id, sequence_number
        """;

    private const string Bystanders = """
        COPY journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
        FROM STDIN (FORMAT BINARY)
        """;

    private const int Serializer = 4701;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 1, MinPoolSize = 0 });

    /// <summary>Makes the tables, by the script for operators.</summary>
    public async Task CreateTablesAsync(string script, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // A file of this repository.
        await using var command = _source.CreateCommand(script + ArchiveScript);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Stores channels that only stand there, each with one event.</summary>
    public async Task FillAsync(int channels, CancellationToken cancellation)
    {
        var observed = new Stored.ConsumerChainObserved
        {
            Facts = new Stored.ConsumerChannelFacts { Block = 1, Registered = true, Deposited = Google.Protobuf.ByteString.CopyFrom(1) },
        };
        var payload = Google.Protobuf.MessageExtensions.ToByteArray(observed);
        await using var connection = await _source.OpenConnectionAsync(cancellation);
        await using var writer = await connection.BeginBinaryImportAsync(Bystanders, cancellation);
        for (var number = 0; number < channels; number++)
        {
            await writer.WriteRowAsync(
                cancellation, 0L, false, $"consumer-{number:x40}", 1L, payload, "ce-observed-1", Serializer, Guid.Empty.ToString());
        }
        await writer.CompleteAsync(cancellation);
    }

    /// <summary>All events that were ever stored of some channels.</summary>
    /// <param name="consumers">Identities, by channel.</param>
    /// <param name="providers">Identities.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<StoredBooks> ReadAsync(
        IReadOnlyDictionary<Address, Address> consumers, IReadOnlyList<Address> providers, CancellationToken cancellation)
    {
        var entries = new EntryReader(consumers);
        var paying = await ReadAsync("consumer", consumers.Keys, entries.ReadConsumer, cancellation);
        var paid = await ReadAsync("provider", providers, entries.ReadProvider, cancellation);
        return new StoredBooks(paying.ToDictionary(pair => consumers[pair.Key], pair => pair.Value), paid);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<Dictionary<Address, IReadOnlyList<T>>> ReadAsync<T>(
        string kind, IEnumerable<Address> addresses, Func<StoredEvent, T> read, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(EventsOf);
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = addresses.Select(address => $"{kind}-{address.ToString()[2..]}").ToArray(),
        });
        var channels = new Dictionary<Address, List<T>>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var address = StoredValues.AddressOf(reader.GetString(0));
            if (!channels.TryGetValue(address, out var entries)) channels[address] = entries = [];
            entries.Add(read(new StoredEvent(reader.GetInt64(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3))));
        }
        return channels.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<T>)pair.Value);
    }
}
