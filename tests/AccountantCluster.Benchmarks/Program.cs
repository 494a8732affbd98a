using System.Globalization;
using AccountantCluster.Benchmarks;
using AccountantCluster.Benchmarks.Nodes;
using AccountantCluster.Benchmarks.Report;
using AccountantCluster.LocalNetwork;

if (args is [Server.Verb, .. var arguments])
{
    await Server.RunAsync(arguments);
    return 0;
}

// For a machine or a patience that does not take the whole: an N-th of the work, and so many channels in the last row.
int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
var scale = args switch
{
    [] => Scale.Whole,
    ["--divisor", var divisor, "--channels", var channels] => new Scale(Parse(divisor), Parse(channels)),
    _ => throw new ArgumentException("Usage: [--divisor N --channels M]", nameof(args)),
};
var folder = Directory.CreateTempSubdirectory("accountant-benchmarks-").FullName;
var memory = Path.Combine(Journal.MemoryFolder, Path.GetFileName(folder));
try
{
    await using var postgres = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync());
    var results = await new BenchmarkRun(scale, folder, memory, postgres).RunAsync();
    var page = Markdown.Write(results, Findings.Of(results), scale, TimeProvider.System.GetUtcNow());
    await File.WriteAllTextAsync(Repository.Page(), page);
}
finally
{
    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    Directory.Delete(folder, recursive: true);
    if (Directory.Exists(memory)) Directory.Delete(memory, recursive: true);
}
// Measured nodes end without a goodbye, which Akka would report as the exit code of the whole program.
return 0;
