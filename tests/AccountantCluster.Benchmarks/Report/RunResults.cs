using AccountantCluster.Benchmarks.Load;
using AccountantCluster.Benchmarks.Rows;

namespace AccountantCluster.Benchmarks.Report;

/// <summary>Everything that one run has measured.</summary>
internal sealed class RunResults
{
    public List<Limit> Limits { get; } = [];

    public List<(string Name, int BatchSize, Measured Measured)> Rows { get; } = [];

    public List<ManyChannels> Channels { get; } = [];

    public List<(string Name, IReadOnlyList<(string Name, double Seconds)> Threads, long Promises)> Profiles { get; } = [];
}
