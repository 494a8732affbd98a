using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Storage;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>A consumer's books in one SQLite file. Every change is durable when the call returns.</summary>
internal sealed class ConsumerStore(SqliteFile file) : IDisposable
{
    public const string Schema =
        "CREATE TABLE IF NOT EXISTS channel (id INTEGER PRIMARY KEY CHECK (id = 0), promised TEXT NOT NULL) STRICT;" +
        "CREATE TABLE IF NOT EXISTS agreements (" + SqliteValues.PromiseDeclaration +
        ", before TEXT NOT NULL, resynchronisations INTEGER NOT NULL, PRIMARY KEY (provider, agreement)) STRICT;" +
        "CREATE TABLE IF NOT EXISTS floors (provider BLOB PRIMARY KEY, agreement BLOB NOT NULL) STRICT;" +
        "CREATE TABLE IF NOT EXISTS signatures (number INTEGER PRIMARY KEY AUTOINCREMENT, signature BLOB NOT NULL UNIQUE) STRICT;" +
        "CREATE TABLE IF NOT EXISTS exits (id INTEGER PRIMARY KEY CHECK (id = 0), channel BLOB NOT NULL, beneficiary BLOB NOT NULL, " +
        "amount TEXT NOT NULL, nonce INTEGER NOT NULL, deadline INTEGER NOT NULL, signature BLOB NOT NULL) STRICT;";

    public ConsumerBooks Load()
    {
        var books = ConsumerBooks.Empty;
        var agreements = file.Query(
            "SELECT " + SqliteValues.PromiseColumns + ", before, resynchronisations FROM agreements",
            row => new PaidAgreement(SqliteValues.ReadPromise(row, 0), row.ReadAmount(7), row.GetInt32(8)));
        var floors = file.Query(
            "SELECT provider, agreement FROM floors", row => (Provider: row.ReadAddress(0), Floor: row.ReadAgreementId(1)));
        foreach (var group in agreements.GroupBy(agreement => agreement.Latest.Agreement.Provider))
        {
            var tab = group.Aggregate(ProviderTab.Empty, (sum, agreement) => sum.With(agreement));
            books = books with { Providers = books.Providers.SetItem(group.Key, tab) };
        }
        foreach (var (provider, floor) in floors)
            books = books with { Providers = books.Providers.SetItem(provider, books.With(provider) with { Floor = floor }) };
        var own = file.Query("SELECT signature FROM signatures ORDER BY number", row => row.ReadSignature(0));
        var promised = file.Query("SELECT promised FROM channel", row => row.ReadAmount(0));
        var exits = file.Query(
            "SELECT channel, beneficiary, amount, nonce, deadline, signature FROM exits",
            row => new SignedExit(
                new ConsentExit(
                    new Bytes32(row.GetFieldValue<byte[]>(0)), row.ReadAddress(1), row.ReadAmount(2), row.ReadUInt64(3), row.ReadUInt64(4)),
                row.ReadSignature(5)));
        books = books with { Exit = exits.SingleOrDefault() };
        return books with { Promised = promised.SingleOrDefault(), Own = [.. own], OwnSet = [.. own] };
    }

    /// <summary>Writes what a promise changed.</summary>
    /// <param name="after">The books with the promise.</param>
    /// <param name="promise">The promise.</param>
    /// <param name="isOwn">Whether this device signed it.</param>
    public void Save(ConsumerBooks after, SignedPromise promise, bool isOwn) => file.Write(() =>
    {
        file.Execute("INSERT OR REPLACE INTO channel (id, promised) VALUES (0, $0)", after.Promised.ToString());
        var (provider, id) = (promise.Agreement.Provider, promise.Agreement.Id);
        if (after.Find(provider, id) is { } paid && paid.Latest == promise)
        {
            file.Execute(
                "INSERT OR REPLACE INTO agreements (" + SqliteValues.PromiseColumns + ", before, resynchronisations) " +
                "VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)",
                [.. SqliteValues.ToColumns(promise), paid.Before.ToString(), paid.Resynchronisations]);
        }
        if (after.With(provider).Floor is { } floor)
        {
            file.Execute("INSERT OR REPLACE INTO floors (provider, agreement) VALUES ($0, $1)", provider.ToArray(), floor.Value.ToArray());
            file.Execute("DELETE FROM agreements WHERE provider = $0 AND agreement <= $1", provider.ToArray(), floor.Value.ToArray());
        }
        if (!isOwn) return;
        file.Execute("INSERT OR IGNORE INTO signatures (signature) VALUES ($0)", promise.Signature.ToArray());
        file.Execute("DELETE FROM signatures WHERE number <= (SELECT max(number) FROM signatures) - $0", ConsumerBooks.OwnPromisesKept);
    });

    /// <summary>Writes the exit that may still be paid; null: there is none.</summary>
    public void SaveExit(SignedExit? exit) => file.Write(() =>
    {
        if (exit is null)
        {
            file.Execute("DELETE FROM exits");
            return;
        }
        file.Execute(
            "INSERT OR REPLACE INTO exits (id, channel, beneficiary, amount, nonce, deadline, signature) " +
            "VALUES (0, $0, $1, $2, $3, $4, $5)",
            exit.Message.ChannelId.ToArray(),
            exit.Message.Beneficiary.ToArray(),
            exit.Message.Amount.ToString(),
            SqliteValues.ToColumn(exit.Message.Nonce),
            SqliteValues.ToColumn(exit.Message.Deadline),
            exit.Signature.ToArray());
    });

    public void Dispose() => file.Dispose();
}
