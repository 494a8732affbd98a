using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;
using Microsoft.Data.Sqlite;

namespace AccountantCluster.Client.Storage;

/// <summary>Values of the protocol as columns: numbers as decimal text, the rest as bytes.</summary>
internal static class SqliteValues
{
    /// <summary>The columns of a promise, in the order of <see cref="ReadPromise"/>.</summary>
    public const string PromiseColumns = "consumer, amount, hashlock, provider, agreement, total, signature";

    /// <summary>Their declaration.</summary>
    public const string PromiseDeclaration =
        "consumer BLOB NOT NULL, amount TEXT NOT NULL, hashlock BLOB NOT NULL, provider BLOB NOT NULL, agreement BLOB NOT NULL, " +
        "total TEXT NOT NULL, signature BLOB NOT NULL";

    public static object[] ToColumns(SignedPromise promise) =>
    [
        promise.Consumer.ToArray(),
        promise.Amount.ToString(),
        promise.Hashlock.Value.ToArray(),
        promise.Agreement.Provider.ToArray(),
        promise.Agreement.Id.Value.ToArray(),
        promise.Agreement.Total.ToString(),
        promise.Signature.ToArray(),
    ];

    public static SignedPromise ReadPromise(SqliteDataReader row, int first) => new(
        row.ReadAddress(first),
        row.ReadAmount(first + 1),
        row.ReadHashlock(first + 2),
        new Agreement(row.ReadAddress(first + 3), row.ReadAgreementId(first + 4), row.ReadAmount(first + 5)),
        row.ReadSignature(first + 6));

    public static Address ReadAddress(this SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    public static Amount ReadAmount(this SqliteDataReader row, int column) => Amount.Parse(row.GetString(column));

    public static Hashlock ReadHashlock(this SqliteDataReader row, int column) => new(new Bytes32(row.GetFieldValue<byte[]>(column)));

    public static AgreementId ReadAgreementId(this SqliteDataReader row, int column) => new(new Bytes32(row.GetFieldValue<byte[]>(column)));

    public static Signature ReadSignature(this SqliteDataReader row, int column) =>
        Signature.TryParse(row.GetFieldValue<byte[]>(column), out var signature)
            ? signature
            : throw new StoreException("The store holds a signature that is none.");

    // SQLite has no unsigned integers: the bits are kept.
    public static long ToColumn(ulong number) => unchecked((long)number);

    public static ulong ReadUInt64(this SqliteDataReader row, int column) => unchecked((ulong)row.GetInt64(column));
}
