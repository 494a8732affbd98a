using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What the accountant can pay to a provider on its own, and what it owes it in all; amounts in token base units.</summary>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Settleable">Highest total that was promised and whose R is known.</param>
/// <param name="Settled">Settled on chain, at the last confirmed block that the channel was told of.</param>
/// <param name="Gross">Sum of all credits, fees included.</param>
/// <param name="Promised">Highest total ever signed, fees taken off.</param>
public sealed record Payable(Address Provider, Amount Settleable, Amount Settled, Amount Gross, Amount Promised)
{
    /// <summary>What could be paid now, in token base units.</summary>
    public Amount Unsettled => Settleable.SaturatingSubtract(Settled);
}
