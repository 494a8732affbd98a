namespace AccountantCluster.Channels.Settlement;

/// <summary>What does not add up in the books of an accountant.</summary>
public enum BooksProblem
{
    /// <summary>The contract holds less than it guarantees to providers (protocol §6: T ≥ L).</summary>
    HeldBelowLocked,

    /// <summary>Providers were credited more than consumers promised (protocol §4: Σ gross = Σ credited at rest).</summary>
    CreditFromNobody,

    /// <summary>What there is, collected and not, does not pay what is owed.</summary>
    OwesMoreThanItHas,
}
