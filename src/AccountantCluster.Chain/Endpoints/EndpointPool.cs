using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Several Ethereum nodes as one, so that none of them is believed alone and none is missed. What decides about money, and is the same on
/// every honest node, counts once enough endpoints say it (<see cref="EndpointPoolOptions.Agreement"/>); the newest block is the newest
/// that so many have. What differs between honest nodes, such as what waits in their pools, is asked of the first that answers. Throws
/// <see cref="EndpointsDisagreeException"/> where they answer too differently. Safe for concurrent use; it does not own the endpoints'
/// clients.
/// </summary>
public sealed partial class EndpointPool : IEthereumClient
{
    private readonly Endpoint[] _endpoints;
    private readonly EndpointPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly int _agreement;
    private volatile IEndpointObserver? _observer;

    // Reads at the newest block name it by its hash; this tells who can know it.
    private volatile Block? _newest;

    /// <summary>A pool of endpoints, those that are preferred first.</summary>
    /// <exception cref="ArgumentException">No endpoint, two of the same name, or an agreement that so many cannot reach.</exception>
    public EndpointPool(IReadOnlyList<NamedEndpoint> endpoints, EndpointPoolOptions? options = null, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(endpoints.Count, nameof(endpoints));
        if (endpoints.DistinctBy(endpoint => endpoint.Name).Count() != endpoints.Count)
            throw new ArgumentException("Two endpoints have the same name.", nameof(endpoints));
        _options = options ?? new EndpointPoolOptions();
        _time = time ?? TimeProvider.System;
        _agreement = _options.AgreementAmong(endpoints.Count);
        _endpoints = [.. endpoints.Select(endpoint => new Endpoint(endpoint, _options, _time, () => _observer))];
    }

    /// <summary>
    /// Tells an observer from now on how the endpoints do, and at once what is not as it should be; there is one at a time.
    /// </summary>
    public void Observe(IEndpointObserver observer)
    {
        _observer = observer;
        foreach (var endpoint in _endpoints) endpoint.Introduce(observer);
    }

    /// <inheritdoc/>
    public Task<ulong> GetChainIdAsync(CancellationToken cancellation = default) =>
        AgreeAsync("the chain", (client, limit) => client.GetChainIdAsync(limit), EqualityComparer<ulong>.Default, null, cancellation);

    /// <summary>
    /// Height of the newest block that enough endpoints have: one that claims more confirms nothing, one that is behind holds up nobody.
    /// </summary>
    public async Task<ulong> GetBlockNumberAsync(CancellationToken cancellation = default)
    {
        var heads = Answers(await AskAllAsync(Healthy(), (endpoint, limit) => endpoint.ReadHeadAsync(limit), cancellation));
        var agreed = HighestOfEnough(heads.Select(head => head.Value));
        foreach (var head in heads)
        {
            head.Endpoint.Lags(agreed - Math.Min(agreed, head.Value));
            // Where so many stand still that the chain seems to, this is all that shows it.
            if (head.Value > agreed && head.Value - agreed > _options.TolerableLagBlocks)
                head.Endpoint.Disagreed("the head", isOutvoted: false);
        }
        return agreed;
    }

    /// <inheritdoc/>
    public async Task<Block?> GetBlockAsync(BlockReference block, CancellationToken cancellation = default)
    {
        if (block == BlockReference.Pending) return await FirstAsync((client, limit) => client.GetBlockAsync(block, limit), cancellation);
        if (!block.IsLatest) return await AgreeOnBlockAsync(block, cancellation);
        return _newest = await AgreeOnBlockAsync(BlockReference.At(await GetBlockNumberAsync(cancellation)), cancellation);
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> CallAsync(ContractCall call, BlockReference block, CancellationToken cancellation = default)
    {
        var outcome = await ReadAtAsync(
            block, "a call", (client, at, limit) => OutcomeAsync(client.CallAsync(call, at, limit)), AnswerContent.Outcome, cancellation);
        return outcome.DataOrThrow();
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CallOutcome>> CallManyAsync(
        IReadOnlyList<ContractCall> calls, BlockReference block, CancellationToken cancellation = default) =>
        ReadAtAsync(block, "calls", (client, at, limit) => client.CallManyAsync(calls, at, limit), AnswerContent.Outcomes, cancellation);

    /// <inheritdoc/>
    public async Task SimulateAsync(
        Address from, TransactionRequest request, BlockReference block, CancellationToken cancellation = default) =>
        (await FirstAsync((client, limit) => OutcomeAsync(SimulateAsync(client, from, request, block, limit)), cancellation)).DataOrThrow();

    /// <inheritdoc/>
    public async Task<ulong> EstimateGasAsync(Address from, TransactionRequest request, CancellationToken cancellation = default)
    {
        var outcome = await FirstAsync((client, limit) => EstimateAsync(client, from, request, limit), cancellation);
        return outcome.Error is null ? outcome.Gas : throw outcome.Error;
    }

    /// <summary>
    /// Logs in the order of the chain: all that any endpoint has, because one that is left out would not be missed, but none that is known
    /// to be invented.
    /// </summary>
    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellation = default)
    {
        var replies = await AskAllAsync(Healthy(), (endpoint, limit) => ReadLogsAsync(endpoint, filter, limit), cancellation);
        // Who has not reached the last block has said nothing.
        var answers = Answers([.. replies.Where(reply => !reply.IsNothing)]);
        return await new LogUnion((hash, height, limit) => AgreeOnReceiptAsync(hash, height, limit), _options, filter).MakeAsync(answers, _agreement, cancellation);
    }

    /// <inheritdoc/>
    public async Task<ulong> GetTransactionCountAsync(Address account, BlockReference block, CancellationToken cancellation = default)
    {
        if (block != BlockReference.Pending)
            return await ReadAtAsync(
                block,
                "a count of transactions",
                (client, at, limit) => client.GetTransactionCountAsync(account, at, limit),
                EqualityComparer<ulong>.Default,
                cancellation);
        // What waits differs between nodes. One that claims too many would make the sender leave out a nonce, and wait behind the gap for
        // ever.
        var counts = await AskAllAsync(
            Healthy(), (endpoint, limit) => endpoint.Client.GetTransactionCountAsync(account, block, limit), cancellation);
        return HighestOfEnough(Answers(counts).Select(count => count.Value));
    }

    /// <inheritdoc/>
    public Task<FeeSuggestion> GetFeeSuggestionAsync(CancellationToken cancellation = default) =>
        FirstAsync((client, limit) => client.GetFeeSuggestionAsync(limit), cancellation);

    /// <summary>Hands a signed transaction to all endpoints. Taken is what one of them takes, whatever the others say.</summary>
    public async Task<Bytes32> SendRawTransactionAsync(ReadOnlyMemory<byte> signedTransaction, CancellationToken cancellation = default)
    {
        var hash = Keccak256.Hash(signedTransaction.Span);
        var replies = await AskAllAsync(
            HealthyOrAll(), (endpoint, limit) => HandInAsync(endpoint.Client, signedTransaction, hash, limit), cancellation, enough: 1);
        if (replies.Any(reply => reply.IsAnswer)) return hash;
        // One that did not answer may have taken it: only where all refused is it refused.
        throw replies.Select(reply => reply.Problem).OfType<EthereumUnavailableException>().FirstOrDefault() ?? replies[0].Problem!;
    }

    /// <summary>Whether any endpoint has the transaction, waiting or in a block.</summary>
    public async Task<bool> KnowsTransactionAsync(Bytes32 transactionHash, CancellationToken cancellation = default)
    {
        var replies = await AskAllAsync(
            HealthyOrAll(), (endpoint, limit) => endpoint.Client.KnowsTransactionAsync(transactionHash, limit), cancellation, enough: 1);
        return Answers(replies, enough: 1).Exists(reply => reply.Value);
    }

    /// <inheritdoc/>
    public Task<TransactionReceipt?> GetTransactionReceiptAsync(Bytes32 transactionHash, CancellationToken cancellation = default) =>
        AgreeOnReceiptAsync(transactionHash, height: null, cancellation);

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> GetCodeAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        ReadAtAsync(block, "code", (client, at, limit) => client.GetCodeAsync(account, at, limit), AnswerContent.Bytes, cancellation);

    /// <inheritdoc/>
    public Task<UInt128> GetBalanceAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        FirstAsync((client, limit) => client.GetBalanceAsync(account, block, limit), cancellation);

    // What enough of those asked have reached.
    private ulong HighestOfEnough(IEnumerable<ulong> numbers) => numbers.OrderDescending().ElementAt(_agreement - 1);

    // With the height at which it is said to be, those below it have no say in whether there is none.
    private async Task<TransactionReceipt?> AgreeOnReceiptAsync(Bytes32 transactionHash, ulong? height, CancellationToken cancellation) =>
        await AgreeAsync(
            "a receipt",
            (client, limit) => client.GetTransactionReceiptAsync(transactionHash, limit)!,
            AnswerContent.Receipt,
            height,
            cancellation,
            receipt => receipt.BlockNumber);

    private async Task<Block?> AgreeOnBlockAsync(BlockReference block, CancellationToken cancellation) => await AgreeAsync(
        "a block",
        (client, limit) => client.GetBlockAsync(block, limit)!,
        EqualityComparer<Block>.Default,
        HeightOf(block),
        cancellation,
        found => found.Number);

    // The newest block is another one on each endpoint: what is read there is read at the newest that enough of them have.
    private async Task<T> ReadAtAsync<T>(
        BlockReference block,
        string what,
        Func<IEthereumClient, BlockReference, CancellationToken, Task<T>> read,
        IEqualityComparer<T> same,
        CancellationToken cancellation)
    {
        if (block == BlockReference.Pending) return await FirstAsync((client, limit) => read(client, block, limit), cancellation);
        var at = block.IsLatest ? BlockReference.At(await ReadNewestAsync(cancellation)) : block;
        return await AgreeAsync(what, (client, limit) => read(client, at, limit), same, HeightOf(at), cancellation);
    }

    private async Task<Block> ReadNewestAsync(CancellationToken cancellation) =>
        await GetBlockAsync(BlockReference.Latest, cancellation)
        ?? throw new EthereumUnavailableException("The Ethereum nodes do not tell the newest block.");

    private ulong? HeightOf(BlockReference block) =>
        block.Number ?? (_newest is { } newest && newest.Hash == block.Hash ? newest.Number : null);
}
