using AccountantCluster.Channels.Provider;

namespace AccountantCluster.Cluster;

/// <summary>
/// The accountant's fee as its contract says it, for this node, with a raise that is announced. Read when a credit is counted;
/// <see cref="SettlementExtensions.AddChainSide"/> keeps it up to date on every node. What is announced begins by itself when its time has come. Safe for concurrent use.
/// </summary>
public sealed class AccountantFee
{
    private volatile FeeTerms _terms;

    /// <summary>A fee, read from the chain before the node accepts anything.</summary>
    /// <param name="basisPoints">Hundredths of a per cent.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole.</exception>
    public AccountantFee(ushort basisPoints)
        : this(FeeTerms.Of(basisPoints))
    {
    }

    /// <summary>A fee with what is announced, read from the chain before the node accepts anything.</summary>
    /// <param name="terms">What the contract says.</param>
    public AccountantFee(FeeTerms terms) => _terms = terms;

    /// <summary>What the contract says.</summary>
    public FeeTerms Terms
    {
        get => _terms;
        set => _terms = value;
    }
}
