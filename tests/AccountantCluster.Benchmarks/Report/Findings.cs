using System.Globalization;
using AccountantCluster.Benchmarks.Nodes;

namespace AccountantCluster.Benchmarks.Report;

/// <summary>The differences between rows, in words: what each layer adds to a promise.</summary>
internal static class Findings
{
    public static string Of(RunResults results)
    {
        double Cpu(string name, int batch) => results.Rows.Where(row => row.Name == name && row.BatchSize == batch)
            .Select(row => row.Measured.MicrosecondsPerPromise(row.Measured.Server)).Single();
        var (rules, actors) = (Cpu(RowNames.Rules, 64), Cpu(RowNames.Actors(Journal.InMemory), 64));
        var (sqlite, postgres) = (Cpu(RowNames.Actors("SQLite"), 64), Cpu(RowNames.Actors("PostgreSQL"), 64));
        var edge = Cpu(RowNames.Grpc(Journal.InMemory), 64);
        return string.Create(CultureInfo.InvariantCulture, $"""
            In batches of 64 the rules take {rules:0.0} µs of CPU per promise. Actors, sharding, and a journal in SQLite whose files
            are in memory add {actors - rules:0.0} µs; with a disk they add {sqlite - rules:0.0} µs, with PostgreSQL
            {postgres - rules:0.0} µs in the node, and its own processes come on top. Over gRPC with files in memory the node takes
            {edge:0.0} µs, one verification of a signature included. A promise is two events in its consumer channel, because it
            discloses the R of the window before it; each channel writes its own rows, so that a batch shares transactions, not rows.
            Compare with the limits above.
            """);
    }
}
