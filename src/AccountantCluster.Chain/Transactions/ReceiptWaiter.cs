using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Waits until a transaction has its confirmations, and hands it in again where the node forgot it.</summary>
internal sealed class ReceiptWaiter(IEthereumClient client, Address from, TransactionSenderOptions options, TimeProvider time)
{
    // A node forgets its pool when it starts anew; to ask at every look would double the calls.
    private const int PollsBetweenReminders = 10;

    /// <summary>The receipt of a confirmed transaction that succeeded.</summary>
    /// <exception cref="TransactionFailedException">It was mined and reverted.</exception>
    /// <exception cref="TransactionOutcomeUnknownException">The deadline passed, or the wait was cancelled.</exception>
    public async Task<TransactionReceipt> WaitAsync(SignedTransaction sent, TransactionRequest request, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ReceiptDeadline, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            var receipt = await PollAsync(sent, limit.Token);
            if (!receipt.Succeeded) throw new TransactionFailedException(receipt, await FindReasonAsync(receipt, request, limit.Token));
            return receipt;
        }
        catch (OperationCanceledException problem)
        {
            var reason = cancellation.IsCancellationRequested
                ? "nobody waits for it any more."
                : $"not confirmed within {options.ReceiptDeadline.TotalSeconds} s.";
            throw new TransactionOutcomeUnknownException(sent.Hash, reason, problem);
        }
    }

    private async Task<TransactionReceipt> PollAsync(SignedTransaction sent, CancellationToken cancellation)
    {
        for (var poll = 1; ; poll++)
        {
            try
            {
                // The head first: a receipt that is read after it cannot be from a branch that this head has left behind.
                var head = await client.GetBlockNumberAsync(cancellation);
                var receipt = await client.GetTransactionReceiptAsync(sent.Hash, cancellation);
                if (receipt is not null && (options.Confirmations == 0 || head >= receipt.BlockNumber + (uint)options.Confirmations))
                    return receipt;
                if (receipt is null && poll % PollsBetweenReminders == 0) await RemindAsync(sent, cancellation);
            }
            catch (EthereumException)
            {
                // The node is away for a moment; the deadline is the judge.
            }
            await Task.Delay(options.PollInterval, time, cancellation);
        }
    }

    private async Task RemindAsync(SignedTransaction sent, CancellationToken cancellation)
    {
        if (!await client.KnowsTransactionAsync(sent.Hash, cancellation)) await client.SendRawTransactionAsync(sent.Raw, cancellation);
    }

    private async Task<ContractError?> FindReasonAsync(
        TransactionReceipt receipt, TransactionRequest request, CancellationToken cancellation)
    {
        try
        {
            // On the state after its block, which knows what earlier transactions of that block did.
            await client.SimulateAsync(from, request, BlockReference.At(receipt.BlockNumber), cancellation);
            return null;
        }
        catch (ContractRevertedException revert)
        {
            return revert.Error;
        }
        catch (EthereumException)
        {
            return null;
        }
    }
}
