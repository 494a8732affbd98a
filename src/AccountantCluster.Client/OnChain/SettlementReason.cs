namespace AccountantCluster.Client.OnChain;

/// <summary>Why a provider settles now.</summary>
public enum SettlementReason
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>The price is a small enough share of what is paid.</summary>
    Worthwhile,

    /// <summary>Most of the guaranteed balance is used: beyond it nothing is guaranteed.</summary>
    BalanceUsed,

    /// <summary>The oldest money has waited long enough.</summary>
    Age,

    /// <summary>The provider's risk is close to its limit.</summary>
    Risk,

    /// <summary>A consumer is leaving: what it promised and nobody has collected is gone with it when its notice is over.</summary>
    ConsumerLeaves,

    /// <summary>The key that signed the promise is revoked: when that takes effect, the promise cannot be settled any more.</summary>
    KeyRevoked,
}
