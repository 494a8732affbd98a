namespace AccountantCluster.Benchmarks.Rows;

/// <summary>What a machine allows at best, for comparison.</summary>
/// <param name="Name">What is done.</param>
/// <param name="PerSecond">How often.</param>
internal sealed record Limit(string Name, double PerSecond);
