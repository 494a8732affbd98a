using AccountantCluster.Chain;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster;

/// <summary>The way into a lane on the same node. Safe for concurrent use.</summary>
/// <param name="lane">The lane.</param>
/// <param name="interval">Pause between two questions.</param>
/// <param name="time">The clock.</param>
public sealed class LaneGateway(IActorRef lane, TimeSpan interval, TimeProvider time)
{
    /// <summary>Whether nothing is under way that was ordered before.</summary>
    /// <exception cref="EthereumUnavailableException">The lane does not answer.</exception>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellation) => await AskAsync<int>(CountOrders.Instance, cancellation) == 0;

    /// <summary>Where an order stands.</summary>
    /// <exception cref="EthereumUnavailableException">The lane does not answer.</exception>
    internal Task<OrderStands> FindAsync(Bytes32 order, CancellationToken cancellation) =>
        AskAsync<OrderStands>(new FindOrder(order), cancellation);

    /// <summary>Places an order, unless it was placed before, and does not wait for what becomes of it.</summary>
    /// <exception cref="EthereumException">
    /// It was not placed: it would revert, gas is too dear, or the chain or the journal does not answer.
    /// </exception>
    internal async Task<OrderStands> PlaceAsync(Bytes32 order, TransactionRequest request, CancellationToken cancellation)
    {
        var stands = await AskAsync<OrderStands>(new PlaceOrder(order, request), cancellation);
        return stands.Refusal is { } refusal ? throw refusal : stands;
    }

    /// <summary>
    /// Sends a transaction and waits until it is known for good what became of it. Where the wait ends before, the order stands: the lane is
    /// not empty until it is known.
    /// </summary>
    /// <exception cref="EthereumException">
    /// It was not placed: it would revert, gas is too dear, or the chain or the journal does not answer. Or it was not confirmed in time.
    /// </exception>
    public async Task<LaneOutcome> SendAsync(TransactionRequest request, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(ClusterLimits.LanePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await WaitAsync(new PlaceOrder(Keccak256.Hash(Guid.NewGuid().ToByteArray()), request), either.Token);
        }
        catch (OperationCanceledException problem) when (!cancellation.IsCancellationRequested)
        {
            throw new EthereumUnavailableException(
                $"A transaction was not confirmed within {ClusterLimits.LanePatience.TotalMinutes} minutes; it stays ordered.", problem);
        }
    }

    private async Task<LaneOutcome> WaitAsync(PlaceOrder order, CancellationToken cancellation)
    {
        for (var isPlaced = false; ; await Task.Delay(interval, time, cancellation))
        {
            try
            {
                if ((await PlaceAsync(order.Order, order.Request, cancellation)).Outcome is { } outcome) return outcome;
                isPlaced = true;
            }
            catch (EthereumUnavailableException) when (isPlaced)
            {
                // The lane comes back with the order in it.
            }
        }
    }

    private async Task<T> AskAsync<T>(object question, CancellationToken cancellation)
    {
        try
        {
            return await lane.Ask<T>(question, ClusterLimits.LaneAnswer, cancellation);
        }
        catch (AskTimeoutException problem)
        {
            throw new EthereumUnavailableException("The lane of transactions does not answer.", problem);
        }
    }
}
