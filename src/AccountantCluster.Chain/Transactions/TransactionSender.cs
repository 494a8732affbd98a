using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// The lane of one key: everything that this key sends goes through one of these, so that no nonce is used twice and none is left out. A
/// transaction is simulated first, and one that would fail is not sent. Waiting for confirmations does not hold up the next one. Safe for
/// concurrent use; nobody else may send with the key.
/// </summary>
public sealed class TransactionSender : IDisposable
{
    private const int BroadcastAttempts = 3;

    private readonly IEthereumClient _client;
    private readonly PrivateKey _key;
    private readonly ulong _chainId;
    private readonly TransactionSenderOptions _options;
    private readonly ICurve _curve;
    private readonly TimeProvider _time;
    private readonly ReceiptWaiter _receipts;
    private readonly SemaphoreSlim _lane = new(1);

    // Guarded by the lane: the next nonce as far as we know, and a transaction of which we do not know whether the node has it.
    private ulong _nextNonce;
    private SignedTransaction? _unresolved;

    /// <summary>The lane of <paramref name="key"/>, which the caller keeps and disposes.</summary>
    public TransactionSender(
        IEthereumClient client,
        PrivateKey key,
        ulong chainId,
        TransactionSenderOptions? options = null,
        ICurve? curve = null,
        TimeProvider? time = null)
    {
        _client = client;
        _key = key;
        _chainId = chainId;
        _options = options ?? new TransactionSenderOptions();
        _curve = curve ?? Curve.Default;
        _time = time ?? TimeProvider.System;
        _receipts = new ReceiptWaiter(client, key.Address, _options, _time);
    }

    /// <summary>Who sends.</summary>
    public Address Address => _key.Address;

    /// <summary>Sends a call and waits until it is confirmed.</summary>
    /// <inheritdoc cref="SendAsync(TransactionRequest, CancellationToken)"/>
    public Task<TransactionReceipt> SendAsync(ContractCall call, CancellationToken cancellation = default) =>
        SendAsync(TransactionRequest.Of(call), cancellation);

    /// <summary>Sends a transaction and waits until it is confirmed.</summary>
    /// <exception cref="ContractRevertedException">The simulation reverted: nothing was sent.</exception>
    /// <exception cref="TransactionRefusedException">It costs too much: nothing was sent.</exception>
    /// <exception cref="RpcException">The node refused it: nothing was sent.</exception>
    /// <exception cref="TransactionFailedException">It was mined and reverted.</exception>
    /// <exception cref="TransactionOutcomeUnknownException">It may have been sent, and may still be mined.</exception>
    /// <exception cref="EthereumUnavailableException">The node does not answer: nothing was sent.</exception>
    public async Task<TransactionReceipt> SendAsync(TransactionRequest request, CancellationToken cancellation = default)
    {
        var sent = await SubmitAsync(request, cancellation);
        return await _receipts.WaitAsync(sent, request, cancellation);
    }

    /// <summary>Hands in a transaction and returns as soon as the node has it.</summary>
    /// <inheritdoc cref="SendAsync(TransactionRequest, CancellationToken)"/>
    public async Task<SignedTransaction> SubmitAsync(TransactionRequest request, CancellationToken cancellation = default)
    {
        await _lane.WaitAsync(cancellation);
        try
        {
            await ResolveAsync(cancellation);
            await _client.SimulateAsync(Address, request, BlockReference.Pending, cancellation);
            var gasLimit = _options.Gas.LimitFor(await _client.EstimateGasAsync(Address, request, cancellation));
            var fees = await ChooseFeesAsync(cancellation);
            // The node counts what waits in its pool; our own count covers a node that is behind.
            var counted = await _client.GetTransactionCountAsync(Address, BlockReference.Pending, cancellation);
            var transaction = new Eip1559Transaction(_chainId, Math.Max(counted, _nextNonce), fees.PriorityWei, fees.MaxWei, gasLimit, request);
            var signed = transaction.Sign(_key, _curve);
            await HandInAsync(signed, cancellation);
            return signed;
        }
        finally
        {
            _lane.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lane.Dispose();

    // A transaction whose fate is open keeps its nonce until the node has it or refuses it: another one with the same nonce could replace
    // it.
    private async Task ResolveAsync(CancellationToken cancellation)
    {
        if (_unresolved is not { } open) return;
        try
        {
            await HandInAsync(open, cancellation);
        }
        catch (RpcException)
        {
            // Refused for good, so its nonce is free. Whoever sent it was told that its outcome is unknown.
        }
        catch (TransactionOutcomeUnknownException problem)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new EthereumUnavailableException("The node does not say whether it took the transaction before.", problem);
        }
    }

    private async Task HandInAsync(SignedTransaction signed, CancellationToken cancellation)
    {
        _unresolved = signed;
        try
        {
            await BroadcastAsync(signed, cancellation);
        }
        catch (RpcException)
        {
            _unresolved = null;
            throw;
        }
        catch (Exception problem) when (problem is EthereumUnavailableException or OperationCanceledException)
        {
            throw new TransactionOutcomeUnknownException(signed.Hash, "the node did not say whether it took it.", problem);
        }
        _nextNonce = signed.Nonce + 1;
        _unresolved = null;
    }

    private async Task BroadcastAsync(SignedTransaction signed, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var hash = await _client.SendRawTransactionAsync(signed.Raw, cancellation);
                if (hash != signed.Hash)
                    throw new EthereumUnavailableException("The Ethereum node names another transaction than it was given.");
                return;
            }
            catch (RpcException)
            {
                // Nodes say "already known" or "nonce too low" in many words; what counts is whether they have it.
                if (await _client.KnowsTransactionAsync(signed.Hash, cancellation)) return;
                throw;
            }
            catch (EthereumUnavailableException) when (attempt < BroadcastAttempts)
            {
                await Task.Delay(_options.PollInterval, _time, cancellation);
            }
        }
    }

    private async Task<GasFees> ChooseFeesAsync(CancellationToken cancellation)
    {
        var now = await _client.GetFeeSuggestionAsync(cancellation);
        return _options.Gas.Choose(now) ?? throw new TransactionRefusedException(
            $"Gas costs {now.NextBaseFeePerGasWei} wei, which with the least priority fee is above the limit of {_options.Gas.MaxFeePerGasWei}.");
    }
}
