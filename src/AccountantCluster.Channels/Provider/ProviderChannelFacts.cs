using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// What one confirmed block says about a provider channel. Facts are cumulative: the newest block stands, older ones are ignored.
/// </summary>
/// <param name="Block">Number of the block that was read.</param>
/// <param name="Balance">Guaranteed to the provider, in token base units.</param>
/// <param name="Loan">The provider's stake, in token base units.</param>
/// <param name="Settled">Total ever settled, in token base units.</param>
public readonly record struct ProviderChannelFacts(ulong Block, Amount Balance, Amount Loan, Amount Settled)
{
    /// <summary>Whether two blocks say the same of the channel.</summary>
    public bool SaysSameAs(ProviderChannelFacts other) => this with { Block = other.Block } == other;
}
