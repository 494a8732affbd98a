using System.Runtime.CompilerServices;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>A node of <see cref="SmallChain"/> that says what the test tells it to.</summary>
internal sealed class ToldEndpoint : IEthereumClient
{
    private int _asked;

    /// <summary>How many blocks it is behind.</summary>
    public ulong Behind { get; set; }

    /// <summary>Says something instead of the truth, or throws; gets the method's name and the truth.</summary>
    public Func<string, object?, object?>? Lie { get; set; }

    /// <summary>Whether it takes questions and does not answer.</summary>
    public bool Hangs { get; set; }

    /// <summary>What it waits for before it answers.</summary>
    public Func<Task>? Before { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    private ulong Head => SmallChain.Head - Behind;

    public Task<ulong> GetChainIdAsync(CancellationToken cancellation = default) => Answer(() => SmallChain.ChainId, cancellation);

    public Task<ulong> GetBlockNumberAsync(CancellationToken cancellation = default) => Answer(() => Head, cancellation);

    public Task<Block?> GetBlockAsync(BlockReference block, CancellationToken cancellation = default) =>
        Answer(() => SmallChain.Block(block, Head), cancellation);

    public async Task<ReadOnlyMemory<byte>> CallAsync(ContractCall call, BlockReference block, CancellationToken cancellation = default) =>
        (await Answer(() => SmallChain.Call(call, block, Head), cancellation)).DataOrThrow();

    public Task<IReadOnlyList<CallOutcome>> CallManyAsync(
        IReadOnlyList<ContractCall> calls, BlockReference block, CancellationToken cancellation = default) =>
        Answer<IReadOnlyList<CallOutcome>>(() => [.. calls.Select(call => SmallChain.Call(call, block, Head))], cancellation);

    public async Task SimulateAsync(
        Address from, TransactionRequest request, BlockReference block, CancellationToken cancellation = default) =>
        (await Answer(() => SmallChain.Call(new ContractCall(request.To!.Value, request.Data), block, Head), cancellation)).DataOrThrow();

    public Task<ulong> EstimateGasAsync(Address from, TransactionRequest request, CancellationToken cancellation = default) =>
        Answer(() => 21_000UL, cancellation);

    public Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellation = default) =>
        Answer(() => SmallChain.Logs(filter, Head), cancellation);

    public Task<ulong> GetTransactionCountAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        Answer(() => SmallChain.TransactionCount(block, Head), cancellation);

    public Task<FeeSuggestion> GetFeeSuggestionAsync(CancellationToken cancellation = default) =>
        Answer(() => new FeeSuggestion(7, 1), cancellation);

    public Task<Bytes32> SendRawTransactionAsync(ReadOnlyMemory<byte> signedTransaction, CancellationToken cancellation = default) =>
        Answer(() => Keccak256.Hash(signedTransaction.Span), cancellation);

    public Task<bool> KnowsTransactionAsync(Bytes32 transactionHash, CancellationToken cancellation = default) =>
        Answer(() => SmallChain.Receipt(transactionHash, Head) is not null, cancellation);

    public Task<TransactionReceipt?> GetTransactionReceiptAsync(Bytes32 transactionHash, CancellationToken cancellation = default) =>
        Answer(() => SmallChain.Receipt(transactionHash, Head), cancellation);

    public Task<ReadOnlyMemory<byte>> GetCodeAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        Answer(() => SmallChain.Call(new ContractCall(account, ReadOnlyMemory<byte>.Empty), block, Head).Data, cancellation);

    public Task<UInt128> GetBalanceAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        Answer(() => (UInt128)7, cancellation);

    private async Task<T> Answer<T>(Func<T> truth, CancellationToken cancellation, [CallerMemberName] string method = "")
    {
        Interlocked.Increment(ref _asked);
        if (Hangs) await Task.Delay(Timeout.Infinite, cancellation);
        if (Before is not null) await Before();
        return Lie is null ? truth() : (T)Lie(method, truth())!;
    }
}
