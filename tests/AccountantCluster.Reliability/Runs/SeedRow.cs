using AccountantCluster.Reliability.Checks;
using AccountantCluster.Reliability.Faults;

namespace AccountantCluster.Reliability.Runs;

/// <summary>What one seed showed, in figures.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="At">When it ended.</param>
/// <param name="Channels">Channels that were stored beforehand and only stood there.</param>
/// <param name="Cores">Processors of the machine, for everything.</param>
/// <param name="Faults">How many of each kind.</param>
/// <param name="Acknowledged">Promises with an accepting answer.</param>
/// <param name="Batches">Batches sent, every attempt.</param>
/// <param name="Unanswered">Of those, the ones that no answer came back to.</param>
/// <param name="Restarts">Starts of node processes after the beginning.</param>
/// <param name="SelfEnded">Of those, after a process that ended by itself.</param>
/// <param name="Lost">Violations of that kind.</param>
/// <param name="Doubled">Violations of that kind.</param>
/// <param name="OtherViolations">All others.</param>
/// <param name="UnavailableSeconds">The longest that a promise waited for its definite answer.</param>
/// <param name="RecoverySeconds">The longest from a start of a node's process to the first definite answer that it gave.</param>
internal sealed record SeedRow(
    ulong Seed,
    DateTimeOffset At,
    int Channels,
    int Cores,
    IReadOnlyDictionary<FaultKind, int> Faults,
    int Acknowledged,
    int Batches,
    int Unanswered,
    int Restarts,
    int SelfEnded,
    int Lost,
    int Doubled,
    int OtherViolations,
    double UnavailableSeconds,
    double RecoverySeconds)
{
    /// <summary>The row of a result.</summary>
    public static SeedRow Of(SeedResult result, int channels, DateTimeOffset at)
    {
        var faults = result.Schedule.Faults.CountBy(fault => fault.Kind).ToDictionary();
        var violations = result.Violations.CountBy(violation => violation.Kind).ToDictionary();
        var (lost, doubled) = (violations.GetValueOrDefault(ViolationKind.Lost), violations.GetValueOrDefault(ViolationKind.Doubled));
        return new SeedRow(
            result.Schedule.Seed,
            at,
            channels,
            Environment.ProcessorCount,
            faults,
            result.Acknowledged,
            result.Calls,
            result.Unanswered,
            result.Restarts,
            result.SelfEnded,
            lost,
            doubled,
            result.Violations.Count - lost - doubled,
            Math.Round(result.LongestUnavailable.TotalSeconds, 1),
            Math.Round(result.LongestRecovery.TotalSeconds, 1));
    }
}
