using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>A consumer channel that may have something to collect.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Promise">Its highest promise whose R is known.</param>
/// <param name="Settled">Total settled into the accountant at a confirmed block, in token base units.</param>
/// <param name="Deposited">Balance plus settled at the same block, in token base units.</param>
public readonly record struct CollectableChannel(Address Channel, SettleablePromise Promise, Amount Settled, Amount Deposited)
{
    /// <summary>For how long there has been something to collect, as far as is known.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Whether its consumer may take the tokens away once the notice of an exit is over: then nothing waits.</summary>
    public bool IsExiting { get; init; }

    /// <summary>
    /// What the channel pays now, in token base units: the contract pays min(amount − settled, balance), and the balance is
    /// deposited − settled.
    /// </summary>
    public Amount Value => Amount.Min(Promise.Amount, Deposited).SaturatingSubtract(Settled);
}
