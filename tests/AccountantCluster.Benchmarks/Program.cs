using AccountantCluster.Benchmarks;
using AccountantCluster.Benchmarks.Nodes;
using AccountantCluster.Benchmarks.Report;
using AccountantCluster.LocalNetwork;

if (args is [Server.Verb, .. var arguments])
{
    await Server.RunAsync(arguments);
    return;
}

// Quick only shows that the program works: its figures are not written down.
var isQuick = args is ["--quick"];
var folder = Directory.CreateTempSubdirectory("accountant-benchmarks-").FullName;
try
{
    await using var postgres = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync());
    var results = await new BenchmarkRun(isQuick ? Scale.Quick : Scale.Whole, folder, postgres).RunAsync();
    var page = Markdown.Write(results, Findings.Of(results), TimeProvider.System.GetUtcNow());
    Console.WriteLine(page);
    if (!isQuick) await File.WriteAllTextAsync(Repository.Page(), page);
}
finally
{
    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    Directory.Delete(folder, recursive: true);
}
