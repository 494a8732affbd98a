using System.Collections.Immutable;
using AccountantCluster.Client.Storage;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>
/// A provider's books in one SQLite file. Every change is durable when the call returns. Rs are not in it: they are derived.
/// </summary>
internal sealed class ProviderStore(SqliteFile file) : IDisposable
{
    public const string Schema =
        "CREATE TABLE IF NOT EXISTS sums (id INTEGER PRIMARY KEY CHECK (id = 0), gross TEXT NOT NULL, last_agreement INTEGER NOT NULL, " +
        "confirmed_gross TEXT NOT NULL) STRICT;" +
        "CREATE TABLE IF NOT EXISTS fees (from_gross TEXT NOT NULL, basis_points INTEGER NOT NULL) STRICT;" +
        "CREATE TABLE IF NOT EXISTS chains (instance INTEGER PRIMARY KEY, window INTEGER NOT NULL, told INTEGER NOT NULL) STRICT;" +
        "CREATE TABLE IF NOT EXISTS windows (hashlock BLOB PRIMARY KEY, instance INTEGER NOT NULL, window INTEGER NOT NULL, " +
        "held_amount TEXT, held_signature BLOB, used INTEGER NOT NULL) STRICT;" +
        "CREATE TABLE IF NOT EXISTS credits (" + SqliteValues.PromiseDeclaration +
        ", credit TEXT NOT NULL, PRIMARY KEY (hashlock, consumer)) STRICT;" +
        "CREATE TABLE IF NOT EXISTS settleable (id INTEGER PRIMARY KEY CHECK (id = 0), amount TEXT NOT NULL, hashlock BLOB NOT NULL, " +
        "instance INTEGER NOT NULL, window INTEGER NOT NULL, signature BLOB NOT NULL) STRICT;" +
        "CREATE TABLE IF NOT EXISTS agreements (consumer BLOB NOT NULL, agreement BLOB NOT NULL, accepted TEXT NOT NULL, " +
        "PRIMARY KEY (consumer, agreement)) STRICT;" +
        "CREATE TABLE IF NOT EXISTS handed_in (" + SqliteValues.PromiseDeclaration + ", reason INTEGER NOT NULL) STRICT;" +
        "CREATE INDEX IF NOT EXISTS handed_in_agreements ON handed_in (consumer, agreement);" +
        "CREATE TABLE IF NOT EXISTS evidence (" + SqliteValues.PromiseDeclaration +
        ", instance INTEGER NOT NULL, window INTEGER NOT NULL, PRIMARY KEY (consumer)) STRICT;" +
        "CREATE TABLE IF NOT EXISTS latest (" + SqliteValues.PromiseDeclaration + ", PRIMARY KEY (hashlock, consumer, agreement)) STRICT;" +
        "CREATE TABLE IF NOT EXISTS kept (" + SqliteValues.PromiseDeclaration +
        ", instance INTEGER NOT NULL, window INTEGER NOT NULL, PRIMARY KEY (consumer, agreement)) STRICT;";

    /// <summary>The books as they were last saved. No chain is open in them: every process begins its own.</summary>
    public ProviderBooks Load()
    {
        var chains = file.Query(
            "SELECT instance, window, told FROM chains",
            row => (Instance: row.ReadUInt64(0), Window: (uint)row.GetInt64(1), Told: (uint)row.GetInt64(2)));
        var books = ProviderBooks.Empty with
        {
            Chains = chains.ToImmutableDictionary(chain => chain.Instance, chain => chain.Window),
            Told = chains.Where(chain => chain.Told > 0).ToImmutableDictionary(chain => chain.Instance, chain => chain.Told),
            Windows = LoadWindows(),
            Agreements = file.Query(
                "SELECT consumer, agreement, accepted FROM agreements",
                row => KeyValuePair.Create(new AgreementKey(row.ReadAddress(0), row.ReadAgreementId(1)), row.ReadAmount(2)))
                .ToImmutableDictionary(),
            HandedIn = file.Query(
                "SELECT " + SqliteValues.PromiseColumns + ", reason FROM handed_in",
                row => KeyValuePair.Create(SqliteValues.ReadPromise(row, 0), (RejectionReason)row.GetInt32(7))).ToImmutableDictionary(),
            Evidence = LoadHeld("evidence").ToImmutableDictionary(evidence => evidence.Promise.Consumer),
            Kept = LoadHeld("kept").ToImmutableDictionary(kept => ProviderBooks.KeyOf(kept.Promise)),
            Settleable = file.Query(
                "SELECT amount, hashlock, instance, window, signature FROM settleable",
                row => new HeldPromise(
                    row.ReadAmount(0),
                    row.ReadHashlock(1),
                    new ChainPosition(row.ReadUInt64(2), (uint)row.GetInt64(3)),
                    row.ReadSignature(4)))
                .SingleOrDefault(),
        };
        var rates = file.Query(
            "SELECT from_gross, basis_points FROM fees ORDER BY rowid", row => (row.ReadAmount(0), (uint)row.GetInt64(1)));
        var sums = file.Query(
            "SELECT gross, last_agreement, confirmed_gross FROM sums", row => (row.ReadAmount(0), row.ReadUInt64(1), row.ReadAmount(2)));
        if (sums is not [var (gross, lastAgreement, confirmedGross)]) return books;
        return books with
        {
            Gross = gross,
            LastAgreementId = lastAgreement,
            Fees = new FeeBooks { Rates = [.. rates], ConfirmedGross = confirmedGross },
        };
    }

    /// <summary>Writes what events changed, all or nothing.</summary>
    /// <param name="after">The books after the events.</param>
    /// <param name="events">The events.</param>
    public void Save(ProviderBooks after, IReadOnlyCollection<ProviderEvent> events) => file.Write(() =>
    {
        foreach (var @event in events) Save(after, @event);
        file.Execute(
            "INSERT OR REPLACE INTO sums (id, gross, last_agreement, confirmed_gross) VALUES (0, $0, $1, $2)",
            after.Gross.ToString(),
            SqliteValues.ToColumn(after.LastAgreementId),
            after.Fees.ConfirmedGross.ToString());
    });

    public void Dispose() => file.Dispose();

    private List<HeldEvidence> LoadHeld(string table) => file.Query(
        "SELECT " + SqliteValues.PromiseColumns + ", instance, window FROM " + table,
        row => new HeldEvidence(SqliteValues.ReadPromise(row, 0), new ChainPosition(row.ReadUInt64(7), (uint)row.GetInt64(8))));

    private ImmutableDictionary<Hashlock, WindowBooks> LoadWindows()
    {
        var latest = file.Query("SELECT " + SqliteValues.PromiseColumns + " FROM latest", row => SqliteValues.ReadPromise(row, 0))
            .ToLookup(promise => promise.Hashlock);
        var credits = file.Query(
            "SELECT " + SqliteValues.PromiseColumns + ", credit FROM credits",
            row => new WindowCredit(row.ReadAmount(7), SqliteValues.ReadPromise(row, 0)))
            .ToLookup(credit => credit.Highest.Hashlock);
        var windows = file.Query("SELECT hashlock, instance, window, held_amount, held_signature, used FROM windows", row =>
        {
            var (hashlock, position) = (row.ReadHashlock(0), new ChainPosition(row.ReadUInt64(1), (uint)row.GetInt64(2)));
            var held = row.IsDBNull(3) ? null : new HeldPromise(row.ReadAmount(3), hashlock, position, row.ReadSignature(4));
            var acceptedBy = credits[hashlock].ToImmutableDictionary(credit => credit.Highest.Consumer);
            return KeyValuePair.Create(hashlock, new WindowBooks(position, acceptedBy, held, row.GetBoolean(5))
            {
                Latest = latest[hashlock].ToImmutableDictionary(ProviderBooks.KeyOf),
            });
        });
        return windows.ToImmutableDictionary();
    }

    private void Save(ProviderBooks after, ProviderEvent @event)
    {
        switch (@event)
        {
            case ProviderEvent.ChainBegun begun:
                SaveChain(after, begun.Instance);
                break;
            case ProviderEvent.WindowClosed closed:
                SaveChain(after, closed.Position.Instance);
                break;
            case ProviderEvent.PromiseHeld held:
                SaveChain(after, held.Promise.Position.Instance);
                break;
            case ProviderEvent.RevealAcknowledged told:
                SaveChain(after, told.Position.Instance);
                break;
            case ProviderEvent.AgreementOpened opened:
                SaveAgreement(after, opened.Key);
                break;
            case ProviderEvent.AgreementFolded folded:
                Forget("agreements", folded.Key);
                Forget("kept", folded.Key);
                break;
            case ProviderEvent.PromisesHandedIn handedIn:
                foreach (var key in handedIn.Promises.Select(ProviderBooks.KeyOf).Distinct()) SaveHandedIn(after, key);
                foreach (var hashlock in handedIn.Promises.Select(promise => promise.Hashlock).Distinct())
                    file.Execute("UPDATE windows SET used = 1 WHERE hashlock = $0", hashlock.Value.ToArray());
                break;
            case ProviderEvent.PromiseAccepted accepted:
                SaveAccepted(after, accepted);
                break;
            case ProviderEvent.PromiseRefused refused:
                SaveHandedIn(after, ProviderBooks.KeyOf(refused.Promise));
                break;
            case ProviderEvent.WrittenOff writtenOff:
                file.Execute("DELETE FROM handed_in WHERE consumer = $0", writtenOff.Consumer.ToArray());
                break;
            case ProviderEvent.FeeConfirmed:
                file.Execute("DELETE FROM fees");
                foreach (var (from, basisPoints) in after.Fees.Rates)
                    file.Execute("INSERT INTO fees (from_gross, basis_points) VALUES ($0, $1)", from.ToString(), basisPoints);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(@event), @event, "Not an event of a provider's books.");
        }
    }

    private void SaveAccepted(ProviderBooks after, ProviderEvent.PromiseAccepted accepted)
    {
        var (key, hashlock) = (ProviderBooks.KeyOf(accepted.Promise), accepted.Promise.Hashlock);
        SaveAgreement(after, key);
        SaveHandedIn(after, key);
        if (after.Windows.TryGetValue(hashlock, out var window) && window.AcceptedBy.TryGetValue(key.Consumer, out var credit))
        {
            file.Execute(
                "INSERT OR REPLACE INTO credits (" + SqliteValues.PromiseColumns + ", credit) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)",
                [.. SqliteValues.ToColumns(credit.Highest), credit.Credit.ToString()]);
        }
        if (window?.Latest.GetValueOrDefault(key) is { } latest)
        {
            file.Execute(
                "INSERT OR REPLACE INTO latest (" + SqliteValues.PromiseColumns + ") VALUES ($0, $1, $2, $3, $4, $5, $6)",
                SqliteValues.ToColumns(latest));
        }
    }

    private void SaveHeld(string table, HeldEvidence held) => file.Execute(
        "INSERT OR REPLACE INTO " + table + " (" + SqliteValues.PromiseColumns + ", instance, window) " +
        "VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)",
        [.. SqliteValues.ToColumns(held.Promise), SqliteValues.ToColumn(held.Position.Instance), held.Position.Window]);

    private void Forget(string table, AgreementKey key) => file.Execute(
        "DELETE FROM " + table + " WHERE consumer = $0 AND agreement = $1", key.Consumer.ToArray(), key.Id.Value.ToArray());

    private void SaveAgreement(ProviderBooks after, AgreementKey key)
    {
        if (!after.Agreements.TryGetValue(key, out var accepted)) return;
        file.Execute(
            "INSERT OR REPLACE INTO agreements (consumer, agreement, accepted) VALUES ($0, $1, $2)",
            key.Consumer.ToArray(),
            key.Id.Value.ToArray(),
            accepted.ToString());
    }

    private void SaveHandedIn(ProviderBooks after, AgreementKey key)
    {
        Forget("handed_in", key);
        foreach (var (promise, reason) in after.HandedIn)
        {
            if (ProviderBooks.KeyOf(promise) != key) continue;
            file.Execute(
                "INSERT INTO handed_in (" + SqliteValues.PromiseColumns + ", reason) VALUES ($0, $1, $2, $3, $4, $5, $6, $7)",
                [.. SqliteValues.ToColumns(promise), (int)reason]);
        }
    }

    private void SaveChain(ProviderBooks after, ulong instance)
    {
        file.Execute(
            "INSERT OR REPLACE INTO chains (instance, window, told) VALUES ($0, $1, $2)",
            SqliteValues.ToColumn(instance),
            after.Chains[instance],
            after.Told.GetValueOrDefault(instance));
        SaveWindows(after);
        SaveSettleable(after);
    }

    // A handful: the open one and those that were left behind.
    private void SaveWindows(ProviderBooks after)
    {
        file.Execute("DELETE FROM windows");
        foreach (var (hashlock, window) in after.Windows)
        {
            file.Execute(
                "INSERT INTO windows (hashlock, instance, window, held_amount, held_signature, used) VALUES ($0, $1, $2, $3, $4, $5)",
                hashlock.Value.ToArray(),
                SqliteValues.ToColumn(window.Position.Instance),
                window.Position.Window,
                (object?)window.Held?.Amount.ToString() ?? DBNull.Value,
                (object?)window.Held?.Signature.ToArray() ?? DBNull.Value,
                window.IsUsed);
        }
        // What was accepted under a window that is closed now is evidence, and kept.
        const string Closed = " WHERE hashlock NOT IN (SELECT hashlock FROM windows)";
        foreach (var consumer in file.Query("SELECT DISTINCT consumer FROM credits" + Closed, row => row.ReadAddress(0)))
            if (after.Evidence.TryGetValue(consumer, out var evidence))
                SaveHeld("evidence", evidence);
        var ended = file.Query(
            "SELECT DISTINCT consumer, agreement FROM latest" + Closed,
            row => new AgreementKey(row.ReadAddress(0), row.ReadAgreementId(1)));
        foreach (var key in ended)
            if (after.Kept.TryGetValue(key, out var kept))
                SaveHeld("kept", kept);
        file.Execute("DELETE FROM credits" + Closed);
        file.Execute("DELETE FROM latest" + Closed);
    }

    private void SaveSettleable(ProviderBooks after)
    {
        if (after.Settleable is not { } held) return;
        file.Execute(
            "INSERT OR REPLACE INTO settleable (id, amount, hashlock, instance, window, signature) VALUES (0, $0, $1, $2, $3, $4)",
            held.Amount.ToString(),
            held.Hashlock.Value.ToArray(),
            SqliteValues.ToColumn(held.Position.Instance),
            held.Position.Window,
            held.Signature.ToArray());
    }
}
