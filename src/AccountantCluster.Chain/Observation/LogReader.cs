using System.Runtime.CompilerServices;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Reads logs in ranges that nodes accept.</summary>
public sealed class LogReader(IEthereumClient client)
{
    // Public nodes stop between 2,000 and 10,000 blocks.
    private const ulong BlocksPerRequest = 2_000;

    /// <summary>
    /// The logs of one kind of event from a block to another, both included, in the order of the chain. <paramref name="toBlock"/> is to be
    /// a confirmed one (<see cref="ConfirmedBlocks"/>). A range that the node refuses, because it holds too many, is halved.
    /// </summary>
    /// <param name="contract">
    /// Who wrote them; null for any contract, whom the caller judges by <see cref="LogEntry.Contract"/>. Anybody can write a log with an
    /// event's name and without its values: those are left out.
    /// </param>
    /// <param name="indexed">For each topic after the first the accepted values, none for any.</param>
    /// <param name="fromBlock">The first block.</param>
    /// <param name="toBlock">The last block.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<TEvent> ReadAsync<TEvent>(
        Address? contract,
        IReadOnlyList<IReadOnlyList<Bytes32>> indexed,
        ulong fromBlock,
        ulong toBlock,
        [EnumeratorCancellation] CancellationToken cancellation = default)
        where TEvent : class, IContractEvent<TEvent>
    {
        await foreach (var log in ReadAllAsync(contract, [[TEvent.Definition.Topic], .. indexed], fromBlock, toBlock, cancellation))
        {
            if (Read<TEvent>(log, isTrusted: contract is not null) is { } value) yield return value;
        }
    }

    /// <summary>The same, for events of any kind.</summary>
    /// <param name="contract">Who wrote them; null for any contract.</param>
    /// <param name="topics">For each topic the accepted values, none for any.</param>
    /// <param name="fromBlock">The first block.</param>
    /// <param name="toBlock">The last block.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<LogEntry> ReadAllAsync(
        Address? contract,
        IReadOnlyList<IReadOnlyList<Bytes32>> topics,
        ulong fromBlock,
        ulong toBlock,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        IReadOnlyList<Address> addresses = contract is { } known ? [known] : [];
        var size = BlocksPerRequest;
        for (var from = fromBlock; from <= toBlock;)
        {
            var to = toBlock - from < size ? toBlock : from + size - 1;
            var logs = await TryReadAsync(new LogFilter(from, to, addresses, topics), cancellation);
            if (logs is null)
            {
                size = Math.Max(1, (to - from + 1) / 2);
                continue;
            }
            foreach (var log in logs) yield return log;
            if (to == toBlock) yield break;
            from = to + 1;
            size = Math.Min(BlocksPerRequest, size * 2);
        }
    }

    private static TEvent? Read<TEvent>(LogEntry log, bool isTrusted)
        where TEvent : class, IContractEvent<TEvent>
    {
        try
        {
            return log.TryRead<TEvent>(out var value) ? value : null;
        }
        catch (AbiException) when (!isTrusted)
        {
            return null;
        }
    }

    // A single block cannot be halved: its refusal is the caller's.
    private async Task<IReadOnlyList<LogEntry>?> TryReadAsync(LogFilter filter, CancellationToken cancellation)
    {
        try
        {
            return await client.GetLogsAsync(filter, cancellation);
        }
        catch (RpcException) when (filter.FromBlock < filter.ToBlock)
        {
            return null;
        }
    }
}
