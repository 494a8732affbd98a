namespace AccountantCluster.Client.Providers;

/// <summary>What stands between a provider and its money. Service goes on only as far as the exposure limit allows.</summary>
public enum ProviderProblem
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The accountant cannot be reached, or refuses the session; it is asked again.</summary>
    AccountantUnavailable,

    /// <summary>The chain cannot be read, so nothing that the accountant signs can be judged; it is read again.</summary>
    ChainUnavailable,

    /// <summary>The accountant takes a larger fee than the provider accepts.</summary>
    FeeTooHigh,

    /// <summary>The accountant's signature is not a valid operator's, or its hashlock is none that the provider can open.</summary>
    InvalidAccountantPromise,

    /// <summary>The accountant's promise is below what the provider's books say, however often it is asked.</summary>
    Underpaid,

    /// <summary>More was refused than the provider's limit allows: no R becomes public until it is resolved or written off.</summary>
    TooMuchRefused,

    /// <summary>The store cannot be written: nothing is published or handed in.</summary>
    StoreFailed,

    /// <summary>An unexpected failure stopped the account; disposing it throws that failure.</summary>
    Stopped,
}
