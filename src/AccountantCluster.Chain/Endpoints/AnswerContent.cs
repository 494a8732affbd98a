namespace AccountantCluster.Chain;

/// <summary>When two endpoints' answers are the same: by content, where the types compare references.</summary>
internal static class AnswerContent
{
    private static readonly IReadOnlyList<LogEntry> NoLogs = [];

    public static IEqualityComparer<ReadOnlyMemory<byte>> Bytes { get; } = EqualityComparer<ReadOnlyMemory<byte>>.Create(
        (left, right) => left.Span.SequenceEqual(right.Span), bytes => bytes.Length);

    /// <summary>
    /// A revert is an answer, and so is what it returned. Two refusals are the same whatever their words: every kind of node has its own.
    /// </summary>
    public static IEqualityComparer<CallOutcome> Outcome { get; } = EqualityComparer<CallOutcome>.Create(
        (left, right) => (left!.Error, right!.Error) switch
        {
            (null, null) => Bytes.Equals(left.Data, right.Data),
            (ContractRevertedException one, ContractRevertedException other) => Bytes.Equals(one.RevertData, other.RevertData),
            (null, _) or (_, null) => false,
            var (one, other) => IsRefusal(one) && IsRefusal(other),
        },
        outcome => outcome.Data.Length);

    public static IEqualityComparer<IReadOnlyList<CallOutcome>> Outcomes { get; } = EqualityComparer<IReadOnlyList<CallOutcome>>.Create(
        (left, right) => left!.SequenceEqual(right!, Outcome), outcomes => outcomes.Count);

    public static IEqualityComparer<LogEntry> Log { get; } = EqualityComparer<LogEntry>.Create(
        (left, right) =>
            left!.TransactionHash == right!.TransactionHash
            && left.Index == right.Index
            && left.BlockHash == right.BlockHash
            && left.BlockNumber == right.BlockNumber
            && left.Contract == right.Contract
            && left.Topics.SequenceEqual(right.Topics)
            && Bytes.Equals(left.Data, right.Data),
        log => HashCode.Combine(log.TransactionHash, log.Index));

    public static IEqualityComparer<IReadOnlyList<LogEntry>> Logs { get; } = EqualityComparer<IReadOnlyList<LogEntry>>.Create(
        (left, right) => left!.SequenceEqual(right!, Log), logs => logs.Count);

    public static IEqualityComparer<TransactionReceipt> Receipt { get; } = EqualityComparer<TransactionReceipt>.Create(
        (left, right) =>
            left! with { Logs = NoLogs } == right! with { Logs = NoLogs }
            && Logs.Equals(left.Logs, right.Logs),
        receipt => receipt.TransactionHash.GetHashCode());

    /// <summary>Whether some call was neither answered nor reverted.</summary>
    public static bool HoldsRefusal(CallOutcome outcome) => outcome.Error is { } error && IsRefusal(error);

    private static bool IsRefusal(RpcException error) => error is not ContractRevertedException;
}
