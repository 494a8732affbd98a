using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>A provider channel to which something may be paid.</summary>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Settleable">Highest total that was promised to it and whose R is known, in token base units.</param>
/// <param name="Settled">Total settled at a confirmed block, in token base units.</param>
/// <param name="Balance">Guaranteed to it at the same block, in token base units.</param>
/// <param name="Waited">For how long there has been something to pay, as far as is known.</param>
public readonly record struct PayableChannel(Address Provider, Amount Settleable, Amount Settled, Amount Balance, TimeSpan Waited)
{
    /// <summary>What is owed now, in token base units.</summary>
    public Amount Owed => Settleable.SaturatingSubtract(Settled);
}
