using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What happened in a lane: the closed set that its journal holds. Each is stored before anything follows from it.</summary>
public abstract record LaneEvent
{
    private LaneEvent()
    {
    }

    /// <summary>An order has its nonce; its first transaction may be handed in from now on.</summary>
    /// <param name="Order">Whose it is.</param>
    /// <param name="Nonce">The nonce.</param>
    /// <param name="Request">What it does.</param>
    /// <param name="GasLimit">Gas that it may use.</param>
    /// <param name="Attempt">The first transaction.</param>
    public sealed record Placed(Bytes32 Order, ulong Nonce, TransactionRequest Request, ulong GasLimit, LaneAttempt Attempt) : LaneEvent;

    /// <summary>Another transaction with higher fees may be handed in for a nonce from now on.</summary>
    /// <param name="Nonce">The nonce.</param>
    /// <param name="Attempt">The transaction.</param>
    public sealed record Replaced(ulong Nonce, LaneAttempt Attempt) : LaneEvent;

    /// <summary>It is known what became of an order.</summary>
    /// <param name="Order">The order.</param>
    /// <param name="Outcome">What.</param>
    public sealed record Finished(Bytes32 Order, LaneOutcome Outcome) : LaneEvent;
}
