using AccountantCluster.Reliability.Checks;
using AccountantCluster.Reliability.Faults;

namespace AccountantCluster.Reliability.Runs;

/// <summary>What one seed showed.</summary>
/// <param name="Schedule">What went wrong.</param>
/// <param name="Violations">What must never be; empty.</param>
/// <param name="Acknowledged">Promises that providers hold an accepting answer for.</param>
/// <param name="Calls">Batches sent, every attempt.</param>
/// <param name="Unanswered">Of those, the ones that no answer came back to.</param>
/// <param name="Restarts">Starts of node processes after the beginning.</param>
/// <param name="SelfEnded">Of those, after a process that ended by itself.</param>
/// <param name="LongestUnavailable">The longest that a promise to a channel waited for its definite answer, all attempts together.</param>
/// <param name="LongestRecovery">The longest from a start of a node's process to the first definite answer that it gave.</param>
internal sealed record SeedResult(
    Schedule Schedule,
    IReadOnlyList<Violation> Violations,
    int Acknowledged,
    int Calls,
    int Unanswered,
    int Restarts,
    int SelfEnded,
    TimeSpan LongestUnavailable,
    TimeSpan LongestRecovery);
