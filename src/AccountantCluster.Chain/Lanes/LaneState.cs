using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Where a lane stands: a function of its events.</summary>
public sealed record LaneState
{
    /// <summary>A lane in which nothing has happened.</summary>
    public static LaneState Empty { get; } = new();

    /// <summary>No nonce from here on was given to an order.</summary>
    public ulong NextNonce { get; init; }

    /// <summary>Orders under way, by their nonces.</summary>
    public ImmutableSortedDictionary<ulong, LaneTransaction> Open { get; init; } = ImmutableSortedDictionary<ulong, LaneTransaction>.Empty;

    /// <summary>What became of orders, of the newest ones.</summary>
    public ImmutableDictionary<Bytes32, LaneOutcome> Finished { get; init; } = ImmutableDictionary<Bytes32, LaneOutcome>.Empty;

    /// <summary>The orders of <see cref="Finished"/>, the oldest first.</summary>
    public ImmutableQueue<Bytes32> FinishedInOrder { get; init; } = ImmutableQueue<Bytes32>.Empty;

    /// <summary>An order that is under way; null where it is not.</summary>
    public LaneTransaction? Find(Bytes32 order) => Open.Values.FirstOrDefault(transaction => transaction.Order == order);

    /// <summary>The state after an event.</summary>
    /// <param name="event">What happened.</param>
    /// <param name="remembered">Outcomes that are remembered.</param>
    public LaneState Apply(LaneEvent @event, int remembered) => @event switch
    {
        LaneEvent.Placed placed => this with
        {
            NextNonce = Math.Max(NextNonce, placed.Nonce + 1),
            Open = Open.Add(
                placed.Nonce, new LaneTransaction(placed.Order, placed.Nonce, placed.Request, placed.GasLimit, [placed.Attempt])),
        },
        LaneEvent.Replaced replaced => this with
        {
            Open = Open.SetItem(replaced.Nonce, Add(Open[replaced.Nonce], replaced.Attempt)),
        },
        LaneEvent.Finished finished => Remember(finished, remembered),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "No such event."),
    };

    private static LaneTransaction Add(LaneTransaction transaction, LaneAttempt attempt) =>
        transaction with { Attempts = transaction.Attempts.Add(attempt) };

    private LaneState Remember(LaneEvent.Finished finished, int remembered)
    {
        var (all, order) = (Finished.SetItem(finished.Order, finished.Outcome), FinishedInOrder.Enqueue(finished.Order));
        while (all.Count > remembered)
        {
            order = order.Dequeue(out var oldest);
            all = all.Remove(oldest);
        }
        return this with { Open = Open.Remove(finished.Outcome.Nonce), Finished = all, FinishedInOrder = order };
    }
}
