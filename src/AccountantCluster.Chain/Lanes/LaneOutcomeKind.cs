namespace AccountantCluster.Chain;

/// <summary>What can become of an order.</summary>
public enum LaneOutcomeKind
{
    /// <summary>It happened.</summary>
    Done,

    /// <summary>It was mined and reverted: it did nothing, and its gas is paid.</summary>
    Reverted,

    /// <summary>Another transaction of the lane took its nonce, because it would have reverted.</summary>
    Cancelled,

    /// <summary>A transaction that the lane does not know took its nonce: somebody else sends with the key.</summary>
    Overtaken,
}
