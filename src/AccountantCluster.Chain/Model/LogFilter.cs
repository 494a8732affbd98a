using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Which logs to read.</summary>
/// <param name="FromBlock">The first block.</param>
/// <param name="ToBlock">The last block, included.</param>
/// <param name="Addresses">Contracts that wrote them; empty for any contract.</param>
/// <param name="Topics">For each position the accepted topics, none for any.</param>
public sealed record LogFilter(
    ulong FromBlock, ulong ToBlock, IReadOnlyList<Address> Addresses, IReadOnlyList<IReadOnlyList<Bytes32>> Topics)
{
    /// <summary>Whether a log is one of those that are meant.</summary>
    internal bool Matches(LogEntry log)
    {
        if (log.BlockNumber < FromBlock || log.BlockNumber > ToBlock) return false;
        if (Addresses.Count > 0 && !Addresses.Contains(log.Contract)) return false;
        if (log.Topics.Count < Topics.Count) return false;
        return !Topics.Where((accepted, position) => accepted.Count > 0 && !accepted.Contains(log.Topics[position])).Any();
    }
}
