using System.Text.Json;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>An Ethereum node behind JSON-RPC over HTTP.</summary>
public sealed class JsonRpcEthereumClient : IEthereumClient, IDisposable
{
    // Enough for a middle that one odd block does not move.
    private const int FeeHistoryBlocks = 10;
    private const double FeePercentile = 50;

    private readonly HttpClient _http;
    private readonly JsonRpcConnection _connection;
    private readonly EthereumClientOptions _options;

    /// <summary>A client of the node at <paramref name="endpoint"/>. The address may hold an access key: it is never shown.</summary>
    public JsonRpcEthereumClient(Uri endpoint, EthereumClientOptions? options = null)
    {
        _options = options ?? new EthereumClientOptions();
        // Deadlines are per request, in the connection. Connections are renewed so that a node's new address is found.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _connection = new JsonRpcConnection(_http, endpoint, _options);
    }

    /// <inheritdoc/>
    public async Task<ulong> GetChainIdAsync(CancellationToken cancellation = default) =>
        JsonHex.ReadUInt64(await AskAsync("eth_chainId", _ => { }, cancellation));

    /// <inheritdoc/>
    public async Task<ulong> GetBlockNumberAsync(CancellationToken cancellation = default) =>
        JsonHex.ReadUInt64(await AskAsync("eth_blockNumber", _ => { }, cancellation));

    /// <inheritdoc/>
    public async Task<Block?> GetBlockAsync(BlockReference block, CancellationToken cancellation = default)
    {
        var result = await AskAsync(
            block.Hash is null ? "eth_getBlockByNumber" : "eth_getBlockByHash",
            parameters =>
            {
                parameters.WriteStringValue(block.Hash?.ToString() ?? block.Tag);
                parameters.WriteBooleanValue(false);
            },
            cancellation);
        return JsonHex.IsNothing(result) ? null : JsonModels.ReadBlock(result);
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> CallAsync(ContractCall call, BlockReference block, CancellationToken cancellation = default) =>
        JsonHex.ReadBytes(await _connection.CallAsync(Request(call, block), cancellation));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CallOutcome>> CallManyAsync(
        IReadOnlyList<ContractCall> calls, BlockReference block, CancellationToken cancellation = default)
    {
        var outcomes = new List<CallOutcome>(calls.Count);
        foreach (var part in calls.Chunk(_options.MaxCallsPerRequest))
        {
            foreach (var reply in await _connection.CallManyAsync([.. part.Select(call => Request(call, block))], cancellation))
            {
                var data = reply.Error is null ? JsonHex.ReadBytes(reply.Result) : ReadOnlyMemory<byte>.Empty;
                outcomes.Add(new CallOutcome(data, reply.Error));
            }
        }
        return outcomes;
    }

    /// <inheritdoc/>
    public async Task SimulateAsync(
        Address from, TransactionRequest request, BlockReference block, CancellationToken cancellation = default) =>
        await AskAsync(
            "eth_call",
            parameters =>
            {
                parameters.WriteTransaction(from, request);
                parameters.WriteBlock(block);
            },
            cancellation);

    /// <inheritdoc/>
    public async Task<ulong> EstimateGasAsync(Address from, TransactionRequest request, CancellationToken cancellation = default) =>
        JsonHex.ReadUInt64(await AskAsync(
            "eth_estimateGas",
            parameters =>
            {
                parameters.WriteTransaction(from, request);
                parameters.WriteBlock(BlockReference.Pending);
            },
            cancellation));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LogEntry>> GetLogsAsync(LogFilter filter, CancellationToken cancellation = default)
    {
        var result = await AskAsync("eth_getLogs", parameters => parameters.WriteFilter(filter), cancellation);
        return [.. result.Items().Select(JsonModels.ReadLog).OrderBy(log => log.BlockNumber).ThenBy(log => log.Index)];
    }

    /// <inheritdoc/>
    public async Task<ulong> GetTransactionCountAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        JsonHex.ReadUInt64(await AskAsync("eth_getTransactionCount", account, block, cancellation));

    /// <inheritdoc/>
    public async Task<FeeSuggestion> GetFeeSuggestionAsync(CancellationToken cancellation = default) =>
        JsonModels.ReadFees(await AskAsync(
            "eth_feeHistory",
            parameters =>
            {
                parameters.WriteStringValue(JsonHex.Quantity(FeeHistoryBlocks));
                parameters.WriteStringValue("latest");
                parameters.WriteStartArray();
                parameters.WriteNumberValue(FeePercentile);
                parameters.WriteEndArray();
            },
            cancellation));

    /// <inheritdoc/>
    public async Task<Bytes32> SendRawTransactionAsync(ReadOnlyMemory<byte> signedTransaction, CancellationToken cancellation = default) =>
        JsonHex.ReadHash(
            await AskAsync("eth_sendRawTransaction", parameters => parameters.WriteBytes(signedTransaction.Span), cancellation));

    /// <inheritdoc/>
    public async Task<bool> KnowsTransactionAsync(Bytes32 transactionHash, CancellationToken cancellation = default) =>
        !JsonHex.IsNothing(await AskAsync("eth_getTransactionByHash", Parameter(transactionHash), cancellation));

    /// <inheritdoc/>
    public async Task<TransactionReceipt?> GetTransactionReceiptAsync(Bytes32 transactionHash, CancellationToken cancellation = default)
    {
        var result = await AskAsync("eth_getTransactionReceipt", Parameter(transactionHash), cancellation);
        return JsonHex.IsNothing(result) ? null : JsonModels.ReadReceipt(result);
    }

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> GetCodeAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        JsonHex.ReadBytes(await AskAsync("eth_getCode", account, block, cancellation));

    /// <inheritdoc/>
    public async Task<UInt128> GetBalanceAsync(Address account, BlockReference block, CancellationToken cancellation = default) =>
        JsonHex.ReadQuantity(await AskAsync("eth_getBalance", account, block, cancellation));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static JsonRpcRequest Request(ContractCall call, BlockReference block) => new(
        "eth_call",
        parameters =>
        {
            parameters.WriteCall(call);
            parameters.WriteBlock(block);
        });

    private static Action<Utf8JsonWriter> Parameter(Bytes32 hash) => parameters => parameters.WriteStringValue(hash.ToString());

    private Task<JsonElement> AskAsync(string method, Address account, BlockReference block, CancellationToken cancellation) => AskAsync(
        method,
        parameters =>
        {
            parameters.WriteStringValue(account.ToString());
            parameters.WriteBlock(block);
        },
        cancellation);

    private Task<JsonElement> AskAsync(string method, Action<Utf8JsonWriter> writeParameters, CancellationToken cancellation) =>
        _connection.CallAsync(new JsonRpcRequest(method, writeParameters), cancellation);
}
