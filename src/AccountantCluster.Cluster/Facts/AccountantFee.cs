using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Cluster;

/// <summary>
/// The accountant's fee as on chain at the newest confirmed block, for this node. Read when a credit is counted; whoever watches the chain keeps it up to
/// date. Safe for concurrent use.
/// </summary>
public sealed class AccountantFee
{
    private volatile ushort _basisPoints;

    /// <summary>A fee, read from the chain before the node accepts anything.</summary>
    /// <param name="basisPoints">Hundredths of a per cent.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole.</exception>
    public AccountantFee(ushort basisPoints) => BasisPoints = basisPoints;

    /// <summary>Hundredths of a per cent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole.</exception>
    public ushort BasisPoints
    {
        get => _basisPoints;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, FeeSchedule.Whole);
            _basisPoints = value;
        }
    }
}
