using System.Globalization;
using AccountantCluster.Benchmarks;
using AccountantCluster.Benchmarks.Nodes;
using AccountantCluster.Benchmarks.Report;
using AccountantCluster.LocalNetwork;

if (args is [Server.Verb, .. var arguments])
{
    await Server.RunAsync(arguments);
    return;
}

// --divisor N measures an N-th, for a machine or a patience that does not take the whole.
var scale = new Scale(args is ["--divisor", var divisor] ? int.Parse(divisor, CultureInfo.InvariantCulture) : 1);
var folder = Directory.CreateTempSubdirectory("accountant-benchmarks-").FullName;
try
{
    await using var postgres = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync());
    var results = await new BenchmarkRun(scale, folder, postgres).RunAsync();
    var page = Markdown.Write(results, Findings.Of(results), scale, TimeProvider.System.GetUtcNow());
    await File.WriteAllTextAsync(Repository.Page(), page);
}
finally
{
    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    Directory.Delete(folder, recursive: true);
}
