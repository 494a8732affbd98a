using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// What several endpoints know of logs, as one. Where they do not all have the same, each log in dispute is looked up in the receipt of its
/// transaction. One that is not there, or that is of another block, is dropped; what cannot be told stays, because a log is a hint that
/// leads to a read, and one too many does no harm.
/// </summary>
/// <param name="readReceipt">What enough endpoints say of a transaction at a height; null where they say that there is none.</param>
/// <param name="options">How much is looked into.</param>
/// <param name="filter">What was asked for.</param>
internal sealed class LogUnion(
    Func<Bytes32, ulong, CancellationToken, Task<TransactionReceipt?>> readReceipt, EndpointPoolOptions options, LogFilter filter)
{
    private const string What = "logs";

    private readonly Dictionary<(Bytes32 Transaction, ulong Height), TransactionReceipt?> _receipts = [];

    /// <summary>All logs that anybody has and that the chain does not contradict, in its order.</summary>
    /// <param name="answers">Each endpoint's logs.</param>
    /// <param name="agreement">Endpoints that are believed without a look.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="EndpointsDisagreeException">They differ in more logs than can be looked into.</exception>
    public async Task<IReadOnlyList<LogEntry>> MakeAsync(
        IReadOnlyList<EndpointReply<IReadOnlyList<LogEntry>>> answers, int agreement, CancellationToken cancellation)
    {
        var sets = answers.Select(answer => (answer.Endpoint, Logs: Sift(answer))).ToArray();
        if (sets.All(set => AnswerContent.Logs.Equals(set.Logs, sets[0].Logs))) return sets[0].Logs;

        var holders = new Dictionary<LogEntry, List<Endpoint>>(AnswerContent.Log);
        foreach (var (endpoint, logs) in sets)
        {
            foreach (var log in logs)
            {
                if (!holders.TryGetValue(log, out var having)) holders[log] = having = [];
                if (!having.Contains(endpoint)) having.Add(endpoint);
            }
        }
        Endpoint[] all = [.. sets.Select(set => set.Endpoint)];
        var disputed = holders.Where(log => log.Value.Count < all.Length).ToArray();
        if (disputed.Length > options.MaxDisputedLogs) throw GiveUp(sets, agreement);

        var wrong = new HashSet<Endpoint>();
        foreach (var (log, having) in disputed)
        {
            var isGenuine = having.Count >= agreement ? true : await IsGenuineAsync(log, cancellation);
            if (isGenuine is null) continue;
            if (isGenuine == false) holders.Remove(log);
            // A block more or less at the head is nobody's fault.
            wrong.UnionWith((isGenuine == true ? all.Except(having) : having).Where(endpoint => endpoint.OughtToKnow(log.BlockNumber)));
        }
        foreach (var endpoint in wrong) endpoint.Disagreed(What, isOutvoted: true);
        return [.. holders.Keys.OrderBy(log => log.BlockNumber).ThenBy(log => log.Index).ThenBy(log => log.BlockHash)];
    }

    // Logs that nobody asked for: the caller relies on getting none.
    private IReadOnlyList<LogEntry> Sift(EndpointReply<IReadOnlyList<LogEntry>> answer)
    {
        if (answer.Value!.All(filter.Matches)) return answer.Value!;
        answer.Endpoint.Disagreed("which logs were asked for", isOutvoted: true);
        return [.. answer.Value!.Where(filter.Matches)];
    }

    // Null where the endpoints do not agree on it.
    private async Task<bool?> IsGenuineAsync(LogEntry log, CancellationToken cancellation)
    {
        try
        {
            var at = (log.TransactionHash, log.BlockNumber);
            if (!_receipts.TryGetValue(at, out var receipt))
                _receipts[at] = receipt = await readReceipt(log.TransactionHash, log.BlockNumber, cancellation);
            return receipt?.Logs.Contains(log, AnswerContent.Log) ?? false;
        }
        catch (EthereumException)
        {
            return null;
        }
    }

    private static EndpointsDisagreeException GiveUp((Endpoint Endpoint, IReadOnlyList<LogEntry> Logs)[] sets, int agreement)
    {
        var most = sets.GroupBy(set => set.Logs, AnswerContent.Logs).MaxBy(group => group.Count())!;
        var isOutvoted = most.Count() >= agreement;
        foreach (var (endpoint, _) in isOutvoted ? sets.Except(most) : sets) endpoint.Disagreed(What, isOutvoted);
        return new EndpointsDisagreeException("The Ethereum nodes do not agree about logs.");
    }
}
