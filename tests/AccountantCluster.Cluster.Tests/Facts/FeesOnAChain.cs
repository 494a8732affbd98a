using AccountantCluster.Chain;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A chain that knows nothing but the accountant's fee, block by block.</summary>
internal sealed class FeesOnAChain : IEthereumClient
{
    private readonly List<(Block Block, FeeTerms Terms)> _blocks = [];

    /// <summary>Whether the node answers.</summary>
    public bool IsReachable { get; set; } = true;

    /// <summary>Puts a block on top.</summary>
    public void Add(FeeTerms terms, ulong time)
    {
        var number = (ulong)_blocks.Count;
        _blocks.Add((new Block(number, Bytes32.FromUInt128(1_000 + number), default, time, 0), terms));
    }

    /// <summary>Takes the newest block away: a reorganisation.</summary>
    public void Remove() => _blocks.RemoveAt(_blocks.Count - 1);

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellation = default) => Answer((ulong)_blocks.Count - 1);

    public Task<Block?> GetBlockAsync(BlockReference block, CancellationToken cancellation = default) => Answer<Block?>(At(block).Block);

    public Task<ReadOnlyMemory<byte>> CallAsync(ContractCall call, BlockReference block, CancellationToken cancellation = default)
    {
        var (_, terms) = At(block);
        var isFee = call.Data.Span.SequenceEqual(AccountantAbi.FeeBasisPoints.Selector.Span);
        var answer = isFee ? new AbiEncoder().Add(terms.BasisPoints) : new AbiEncoder().Add(terms.Announced).Add(terms.EffectiveFrom);
        return Answer((ReadOnlyMemory<byte>)answer.ToArray());
    }

    public Task<ulong> GetChainIdAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<CallOutcome>> CallManyAsync(
        IReadOnlyList<ContractCall> calls, BlockReference block, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task SimulateAsync(Address from, TransactionRequest request, BlockReference block, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<ulong> EstimateGasAsync(Address from, TransactionRequest request, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<ulong> GetTransactionCountAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<FeeSuggestion> GetFeeSuggestionAsync(CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<Bytes32> SendRawTransactionAsync(ReadOnlyMemory<byte> signedTransaction, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<bool> KnowsTransactionAsync(Bytes32 transactionHash, CancellationToken cancellation = default) => throw new NotSupportedException();

    public Task<TransactionReceipt?> GetTransactionReceiptAsync(Bytes32 transactionHash, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<ReadOnlyMemory<byte>> GetCodeAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public Task<UInt128> GetBalanceAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    private (Block Block, FeeTerms Terms) At(BlockReference reference) => reference.Hash is { } hash
        ? _blocks.Single(block => block.Block.Hash == hash)
        : _blocks.Last(block => reference.Tag == "latest" || BlockReference.At(block.Block.Number) == reference);

    private Task<T> Answer<T>(T value) => IsReachable
        ? Task.FromResult(value)
        : Task.FromException<T>(new EthereumUnavailableException("The chain is away."));
}
