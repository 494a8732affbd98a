namespace AccountantCluster.Client.Providers;

/// <summary>Whether R of a window may become public.</summary>
public enum CloseOutcome
{
    /// <summary>It may.</summary>
    Closable = 0,

    /// <summary>The accountant has not answered everything.</summary>
    Unanswered,

    /// <summary>
    /// Everything was refused, and it exceeds the provider's limit: R stays secret until it is resolved or written off, and meanwhile a new
    /// chain goes on without it.
    /// </summary>
    NothingAccepted,

    /// <summary>
    /// What was refused exceeds the provider's limit: R stays secret until it is resolved or written off, and the window, under which
    /// something was accepted, stays open.
    /// </summary>
    TooMuchRefused,

    /// <summary>The accountant's promise does not cover what the provider's books say.</summary>
    NotPromised,
}
