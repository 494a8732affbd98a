namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// What always holds of a consumer channel (protocol §4, invariants). Named where it does not: then a rule is wrong or a state is damaged.
/// </summary>
public enum ConsumerChannelInvariant
{
    /// <summary>Credited ≤ promised.</summary>
    CreditedWithinPromised,

    /// <summary>Settleable ≤ promised, and its R opens its hashlock.</summary>
    SettleableIsPromised,

    /// <summary>Revealed credit ≤ settleable.</summary>
    RevealedWithinSettleable,

    /// <summary>Whatever subset of the outstanding Rs becomes known, what it opens pays for what was credited under it (rule 3).</summary>
    StaircaseHolds,

    /// <summary>Rungs ascend above settleable and within promised, one for each provider and hashlock.</summary>
    RungsInOrder,

    /// <summary>Credited is the sum over providers, and each provider's total covers its agreements.</summary>
    CreditAddsUp,

    /// <summary>No more agreements are kept than the limit, all above the floor.</summary>
    AgreementsWithinLimit,

    /// <summary>What waits for its acknowledgement has no gaps and ends at the provider's total.</summary>
    UnacknowledgedWithoutGaps,

    /// <summary>From one state to the next: promised, settleable and credited never fall, in all and per provider.</summary>
    NothingFalls,

    /// <summary>
    /// From one state to the next: promised, and what a consented exit may take, rise within what is deposited only (rule 4). They may lie
    /// above after an exit was paid, or a fast opening has failed.
    /// </summary>
    PromisedRisesWithinDeposited,
}
