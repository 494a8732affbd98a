using System.Data.Common;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Small questions in SQL.</summary>
internal static class Sql
{
    /// <summary>The first column of every row, as text.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        DbConnection connection, string sql, params (string Name, string Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>Rows per channel.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> CountByChannelAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of these tests.
        command.CommandText = $"SELECT persistence_id, count(*) FROM {table} GROUP BY persistence_id";
#pragma warning restore CA2100
        var counts = new Dictionary<string, long>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }

    /// <summary>Runs a script of <c>deploy/schema</c>.</summary>
    public static async Task RunScriptAsync(DbConnection connection, string script)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A file of this repository.
        command.CommandText = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "schema", script));
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
