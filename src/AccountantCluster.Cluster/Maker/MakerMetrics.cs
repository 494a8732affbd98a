using System.Diagnostics.Metrics;
using AccountantCluster.Chain;

namespace AccountantCluster.Cluster;

/// <summary>
/// A transaction maker's instruments, in the meter <c>AccountantCluster.Maker</c>. Only the node on which it is at work says anything here.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>accountant.maker.jobs</term><description>counter: jobs that are over, by <c>kind</c> and <c>reason</c> (NONE: it
/// happened)</description></item>
/// <item><term>accountant.maker.refused</term><description>counter: jobs that were not taken, by <c>reason</c></description></item>
/// <item><term>accountant.maker.open</term><description>gauge: jobs under way</description></item>
/// <item><term>accountant.maker.spent</term><description>counter: ether paid for gas</description></item>
/// <item><term>accountant.maker.earned</term><description>counter: token base units received, as a floating-point
/// number</description></item>
/// </list>
/// </remarks>
internal sealed class MakerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AccountantCluster.Maker";

    private const double WeiPerEther = 1e18;

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _jobs;
    private readonly Counter<long> _refused;
    private readonly Counter<double> _spent;
    private readonly Counter<double> _earned;
    private int _open;

    public MakerMetrics()
    {
        _jobs = _meter.CreateCounter<long>("accountant.maker.jobs", "{job}");
        _refused = _meter.CreateCounter<long>("accountant.maker.refused", "{job}");
        _spent = _meter.CreateCounter<double>("accountant.maker.spent", "{ether}");
        _earned = _meter.CreateCounter<double>("accountant.maker.earned", "{unit}");
        _meter.CreateObservableGauge("accountant.maker.open", () => Volatile.Read(ref _open), "{job}");
    }

    /// <summary>So many are under way.</summary>
    public void UnderWay(int jobs) => Volatile.Write(ref _open, jobs);

    /// <summary>One was not taken.</summary>
    public void Refused(JobReason reason) => _refused.Add(1, Reason(reason));

    /// <summary>One is over.</summary>
    public void Finished(JobKind kind, JobSight sight)
    {
        var outcome = sight.Outcome!;
        _jobs.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant()), Reason(outcome.Reason));
        _spent.Add((double)outcome.GasUsed * (double)outcome.GasPriceWei / WeiPerEther);
        _earned.Add((double)sight.Earned.Units);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Reason(JobReason reason) => new("reason", reason.ToName());
}
