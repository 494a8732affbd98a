using AccountantCluster.LocalNetwork;
using Npgsql;

namespace AccountantCluster.Chain.Tests.LocalNetwork;

[Collection(LocalNetworkGroup.Name)]
public sealed class PostgreSqlServerTests(LocalNetworkFixture network)
{
    [Fact]
    public async Task A_server_stores_and_reads_and_is_gone_after_disposal()
    {
        string connection;
        await using (var server = await PostgreSqlServer.StartAsync(network.Toolchain))
        {
            connection = await server.CreateDatabaseAsync("journal_1");
            Assert.Equal(42L, await AskAsync(connection));
            await Assert.ThrowsAsync<ArgumentException>(() => server.CreateDatabaseAsync("a\"; DROP DATABASE postgres"));
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(connection));
    }

    private static async Task<object?> AskAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(
            "CREATE TABLE promises (amount bigint); INSERT INTO promises VALUES (40), (2); SELECT sum(amount)::bigint FROM promises");
        return await command.ExecuteScalarAsync();
    }
}
