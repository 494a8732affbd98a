namespace AccountantCluster.Benchmarks.Report;

/// <summary>What the rows are called.</summary>
internal static class RowNames
{
    public const string Rules = "rules only, one thread";

    public static string Actors(string journal) => $"actors, journal: {journal}";

    public static string Grpc(string journal, int nodes = 1) =>
        $"gRPC, journal: {journal}" + (nodes == 1 ? string.Empty : $", {nodes} nodes");
}
