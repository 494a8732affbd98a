using System.Buffers.Binary;
using System.Threading.Channels;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Cluster;

/// <summary>
/// Remembers in a SQLite file of its own, which belongs to one process and is never restored together with the books: it says what these may
/// have forgotten. Totals that come while the disk is busy are written together. All of it is in memory too, at about 200 bytes per
/// provider.
/// </summary>
public sealed class SqliteTotals : IHighestTotals, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Address, Standing> _standings = [];
    private readonly Channel<Entry> _entries =
        Channel.CreateBounded<Entry>(new BoundedChannelOptions(ClusterLimits.TotalsWaiting) { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly Task _writer;
    private bool _isClosed;

    /// <summary>Opens the file, or creates it.</summary>
    /// <param name="path">Where it is; its folder exists.</param>
    /// <exception cref="SqliteException">It cannot be opened, or is something else.</exception>
    public SqliteTotals(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Prepare();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
        _writer = Task.Run(WriteAsync);
    }

    /// <inheritdoc/>
    public Task<bool> TryRaiseAsync(Address provider, Amount total)
    {
        lock (_lock)
        {
            var standing = _standings.GetValueOrDefault(provider);
            if (total < standing.Highest) return Task.FromResult(false);
            if (total <= standing.Durable) return Task.FromResult(true);
            ObjectDisposedException.ThrowIf(_isClosed, this);
            var entry = new Entry(provider, total, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            if (!_entries.Writer.TryWrite(entry))
                return Task.FromException<bool>(new InvalidOperationException("Too many totals wait for the signer's memory."));
            _standings[provider] = standing with { Highest = total };
            return entry.Done.Task;
        }
    }

    /// <summary>Writes what is under way, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            _entries.Writer.TryComplete();
        }
        await _writer;
        await _connection.DisposeAsync();
    }

    private void Prepare()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS highest_total (provider BLOB PRIMARY KEY, total BLOB NOT NULL) WITHOUT ROWID;
            SELECT provider, total FROM highest_total;
            """;
        using var reader = command.ExecuteReader();
        // The journal mode says what it is now; a pragma that only sets, and a table that is made, say nothing.
        reader.NextResult();
        while (reader.Read())
        {
            var total = new Amount(BinaryPrimitives.ReadUInt128BigEndian(reader.GetFieldValue<byte[]>(1)));
            _standings.Add(new Address(reader.GetFieldValue<byte[]>(0)), new Standing(total, total));
        }
    }

    private async Task WriteAsync()
    {
        var group = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < ClusterLimits.TotalsPerWrite && _entries.Reader.TryRead(out var entry)) group.Add(entry);
            try
            {
                Write(group);
                lock (_lock)
                {
                    foreach (var (provider, total, _) in group)
                        _standings[provider] = _standings[provider] with { Durable = Amount.Max(_standings[provider].Durable, total) };
                }
                foreach (var entry in group) entry.Done.SetResult(true);
            }
            catch (SqliteException exception)
            {
                foreach (var entry in group)
                    entry.Done.SetException(new InvalidOperationException("The signer's memory could not be written.", exception));
            }
        }
    }

    private void Write(List<Entry> group)
    {
        using var transaction = _connection.BeginTransaction();
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO highest_total (provider, total) VALUES ($provider, $total)
            ON CONFLICT (provider) DO UPDATE SET total = excluded.total WHERE excluded.total > total
            """;
        var provider = command.Parameters.Add("$provider", SqliteType.Blob);
        var total = command.Parameters.Add("$total", SqliteType.Blob);
        foreach (var entry in group)
        {
            // As many bytes for every amount, so that the file compares them as numbers.
            var units = new byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(units, entry.Total.Units);
            (provider.Value, total.Value) = (entry.Provider.ToArray(), units);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    private readonly record struct Standing(Amount Highest, Amount Durable);

    private readonly record struct Entry(Address Provider, Amount Total, TaskCompletionSource<bool> Done);
}
