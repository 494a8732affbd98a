using System.Collections.Concurrent;
using AccountantCluster.Chain;
using AccountantCluster.Client.Maker;

namespace AccountantCluster.EndToEnd.Tests.Maker;

/// <summary>Remembers what a client is told of a job.</summary>
internal sealed class States : IProgress<JobReport>
{
    private readonly ConcurrentQueue<JobReport> _reports = new();

    public IReadOnlyList<JobReport> Reports => [.. _reports];

    public void Report(JobReport value) => _reports.Enqueue(value);

    /// <summary>They only ever go forward: the numbers are in the order of a job's life.</summary>
    public void AssertForward() => Assert.Equal(_reports.Select(report => report.State).Order(), _reports.Select(report => report.State));

    public bool Saw(JobState state) => _reports.Any(report => report.State == state);
}
