using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Maker;

/// <summary>
/// A transaction maker sends what a provider wants done, and is paid out of the settlement: nobody here needs ether (paper §4.6).
/// </summary>
/// <param name="api">The transaction maker.</param>
/// <param name="maker">Signs and follows.</param>
/// <param name="client">The chain.</param>
/// <param name="key">The provider's own: it signs the fee.</param>
/// <param name="limit">The most that one transaction may cost, in token base units.</param>
/// <param name="progress">Told of every state.</param>
public sealed class MakerRoute(
    TransactionMakerApi api,
    TransactionMakerClient maker,
    IEthereumClient client,
    PrivateKey key,
    Amount limit,
    IProgress<JobReport>? progress = null) : ISettlementRoute
{
    /// <inheritdoc/>
    public async Task<Amount> QuoteAsync(SettlementOrder order, CancellationToken cancellation = default) =>
        await TryAsync(async () => (await api.GetQuoteAsync(Shape(order), cancellation)).Quote.Fee);

    /// <inheritdoc/>
    public Task<TransactionReceipt> SendAsync(SettlementOrder order, CancellationToken cancellation = default) => TryAsync(async () =>
    {
        // The fee comes out of what the promise pays.
        if (order.Promise is not { } own)
            throw new TransactionRefusedException("A transaction maker is paid out of a promise of the accountant's, and there is none.");
        var promise = new SettleablePromise(own.Provider, own.Amount, own.Preimage, own.Signature);
        var job = Shape(order).Kind == JobKind.Settle
            ? await maker.SettleAsync(key, promise, limit, progress, cancellation)
            : await maker.RecoverAsync(key, order.Collect, promise, order.LoanReturn, limit, progress, cancellation);
        // Whoever was faster: what is open now is another question.
        if (job.TransactionHash is not { } hash) throw new ContractRevertedException(0, ReadOnlyMemory<byte>.Empty);
        return await client.GetTransactionReceiptAsync(hash, cancellation)
            ?? throw new TransactionOutcomeUnknownException(hash, "the Ethereum node does not have it");
    });

    private static JobShape Shape(SettlementOrder order) => order is { Collect.Count: 0, LoanReturn: null, Promise: not null }
        ? new JobShape(JobKind.Settle)
        : new JobShape(JobKind.Recover, Rows: order.Collect.Count);

    // In the words of whoever sends with a key.
    private static async Task<T> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (JobRefusedException problem) when (problem.Reason is JobReason.WouldRevert or JobReason.Reverted)
        {
            throw new ContractRevertedException(0, ReadOnlyMemory<byte>.Empty);
        }
        catch (JobRefusedException problem)
        {
            throw new TransactionRefusedException(problem.Message);
        }
        catch (TransactionMakerUnavailableException problem)
        {
            throw new EthereumUnavailableException(problem.Message, problem);
        }
    }
}
