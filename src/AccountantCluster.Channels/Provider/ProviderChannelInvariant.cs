namespace AccountantCluster.Channels.Provider;

/// <summary>
/// What always holds of a provider channel (protocol §4, invariants). Named where it does not: then a rule is wrong or a state is damaged.
/// </summary>
public enum ProviderChannelInvariant
{
    /// <summary>Gross is the sum over consumer channels.</summary>
    GrossAddsUp,

    /// <summary>Gross is what is revealed and what waits under open hashlocks.</summary>
    HashlocksAddUp,

    /// <summary>
    /// What is signed is credited: revealed, or under the hashlock signed under, or opened by it. And what is settleable is signed.
    /// </summary>
    SignedIsJustified,

    /// <summary>What is promised is the gross total signed, less the fee on it; or what was proven, where that is more.</summary>
    FeeIsTakenOff,

    /// <summary>Every R that is on its way opens its hashlock and goes to somebody.</summary>
    PendingRevealsOpen,

    /// <summary>No more Rs are remembered than the limit.</summary>
    PreimagesWithinLimit,

    /// <summary>From one state to the next: gross, revealed, promised and settleable never fall.</summary>
    NothingFalls,
}
