using Npgsql;
using NpgsqlTypes;

namespace AccountantCluster.Cluster;

/// <summary>
/// Who may begin a cluster, and whom to join: two rows' worth of PostgreSQL, in the database whose journal the nodes share, so that two
/// nodes that start at once can never form two clusters over it. A cluster has a random number, which all of its members keep alive; nobody
/// begins another one before it has expired. Every statement runs under one advisory lock and by the database's clock. The name of a member
/// is its address, so that a node that starts again is not kept waiting by what it was before.
/// </summary>
internal sealed class FormationLease(NpgsqlDataSource database, string self)
{
    // Any number, the same in every node, that nothing else in the database locks.
    private const long LockKey = 0x6163636f756e7401;

    private const string TableScript = """
        CREATE TABLE IF NOT EXISTS cluster_formation
        (
            singleton  boolean     NOT NULL DEFAULT true CHECK (singleton),
            cluster    uuid        NOT NULL,
            expires_at timestamptz NOT NULL,
            CONSTRAINT "PK_cluster_formation" PRIMARY KEY (singleton)
        );
        CREATE TABLE IF NOT EXISTS cluster_member
        (
            address text        NOT NULL,
            cluster uuid        NOT NULL,
            seen_at timestamptz NOT NULL,
            CONSTRAINT "PK_cluster_member" PRIMARY KEY (address)
        );
        """;

    /// <summary>Makes the tables where they are missing.</summary>
    /// <exception cref="NpgsqlException">The database does not answer or does not allow it.</exception>
    public Task CreateTablesAsync(CancellationToken cancellation) => UnderLockAsync(
        async connection =>
        {
            await ExecuteAsync(connection, TableScript, [], cancellation);
            return true;
        },
        cancellation);

    /// <summary>
    /// Begins a cluster where there is none, or names the members of the one there is. A cluster whose only member has this node's own
    /// address is gone, because this node holds the address now.
    /// </summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public Task<FormationStanding> BeginAsync(CancellationToken cancellation) => UnderLockAsync(
        async connection =>
        {
            if (await ReadClusterAsync(connection, cancellation) is { } cluster)
            {
                var members = await ReadMembersAsync(connection, cluster, cancellation);
                var others = members.Where(member => member != self).ToArray();
                if (others.Length > 0) return new FormationStanding(cluster, others);
                // Alive, and nobody has said yet where: to be asked again.
                if (members.Count == 0) return new FormationStanding(cluster, [self]);
            }

            var own = Guid.NewGuid();
            await ExecuteAsync(connection, "DELETE FROM cluster_member", [], cancellation);
            await ExecuteAsync(
                connection,
                """
                INSERT INTO cluster_formation (cluster, expires_at) VALUES ($1, clock_timestamp() + $2)
                ON CONFLICT (singleton) DO UPDATE SET cluster = excluded.cluster, expires_at = excluded.expires_at
                """,
                [own, ClusterLimits.FormationLease],
                cancellation);
            await SeeSelfAsync(connection, own, cancellation);
            return new FormationStanding(own, []);
        },
        cancellation);

    /// <summary>
    /// A member says that its cluster lives. False: another cluster has been begun since, and this one must not touch a channel any more.
    /// </summary>
    /// <exception cref="NpgsqlException">The database does not answer; then no journal does either, and nothing is lost.</exception>
    public Task<bool> KeepAsync(Guid cluster, CancellationToken cancellation) => UnderLockAsync(
        async connection =>
        {
            // Where the last of the others left while this one was joining, the row is missing.
            var kept = await ExecuteAsync(
                connection,
                """
                INSERT INTO cluster_formation (cluster, expires_at) VALUES ($1, clock_timestamp() + $2)
                ON CONFLICT (singleton) DO UPDATE SET expires_at = excluded.expires_at WHERE cluster_formation.cluster = excluded.cluster
                """,
                [cluster, ClusterLimits.FormationLease],
                cancellation);
            if (kept == 0) return false;
            await SeeSelfAsync(connection, cluster, cancellation);
            return true;
        },
        cancellation);

    /// <summary>A member has left. Where it was the last one, the next node need not wait until the cluster has expired.</summary>
    /// <exception cref="NpgsqlException">The database does not answer; then it expires.</exception>
    public Task LeaveAsync(Guid cluster, CancellationToken cancellation) => UnderLockAsync(
        async connection =>
        {
            await ExecuteAsync(
                connection, "DELETE FROM cluster_member WHERE address = $1 AND cluster = $2", [self, cluster], cancellation);
            if ((await ReadMembersAsync(connection, cluster, cancellation)).Count == 0)
                await ExecuteAsync(connection, "DELETE FROM cluster_formation WHERE cluster = $1", [cluster], cancellation);
            return true;
        },
        cancellation);

    private static async Task<Guid?> ReadClusterAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT cluster FROM cluster_formation WHERE expires_at > clock_timestamp()", connection);
        return (Guid?)await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task<IReadOnlyList<string>> ReadMembersAsync(
        NpgsqlConnection connection, Guid cluster, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT address FROM cluster_member WHERE cluster = $1 AND seen_at > clock_timestamp() - $2 ORDER BY address", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = cluster });
        command.Parameters.Add(new NpgsqlParameter { Value = ClusterLimits.FormationLease });
        var members = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) members.Add(reader.GetString(0));
        return members;
    }

    private Task<int> SeeSelfAsync(NpgsqlConnection connection, Guid cluster, CancellationToken cancellation) => ExecuteAsync(
        connection,
        """
        INSERT INTO cluster_member (address, cluster, seen_at) VALUES ($1, $2, clock_timestamp())
        ON CONFLICT (address) DO UPDATE SET cluster = excluded.cluster, seen_at = excluded.seen_at
        """,
        [self, cluster],
        cancellation);

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, object[] arguments, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // Constants of this file.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var argument in arguments) command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<T> UnderLockAsync<T>(Func<NpgsqlConnection, Task<T>> action, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = LockKey, NpgsqlDbType = NpgsqlDbType.Bigint });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        var result = await action(connection);
        await transaction.CommitAsync(cancellation);
        return result;
    }
}
