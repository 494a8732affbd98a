using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>Judges answers: only what is accepted and signed is counted.</summary>
internal static class Outcomes
{
    /// <summary>True: accepted; false: not known, so that it is to be asked again.</summary>
    /// <exception cref="InvalidOperationException">An honest promise was refused.</exception>
    public static bool AreAccepted(IEnumerable<RejectionReason> promises, RejectionReason batch)
    {
        foreach (var reason in promises.Append(batch))
        {
            if (reason is RejectionReason.OutcomeUnknown or RejectionReason.Overloaded) return false;
            if (reason is not (RejectionReason.None or RejectionReason.AlreadyCovered))
                throw new InvalidOperationException($"An honest promise was refused: {reason}.");
        }
        return true;
    }
}
