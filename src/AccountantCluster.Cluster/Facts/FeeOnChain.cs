using AccountantCluster.Chain;
using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Cluster;

/// <summary>Reads the accountant's fee from its contract.</summary>
public static class FeeOnChain
{
    /// <summary>The fee at a block, with what is announced.</summary>
    /// <exception cref="EthereumException">The chain does not answer.</exception>
    /// <exception cref="AbiException">There is no accountant at that block.</exception>
    public static async Task<FeeTerms> ReadFeeTermsAsync(
        this AccountantContract accountant, BlockReference block, CancellationToken cancellation = default)
    {
        var basisPoints = await accountant.GetFeeBasisPointsAsync(block, cancellation);
        var announced = await accountant.GetAnnouncedFeeAsync(block, cancellation);
        return new FeeTerms(checked((ushort)basisPoints), checked((ushort)announced.BasisPoints), announced.EffectiveFrom);
    }
}
