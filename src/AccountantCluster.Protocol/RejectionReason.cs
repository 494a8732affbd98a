namespace AccountantCluster.Protocol;

/// <summary>
/// Why a promise, a reveal or a request was not accepted: one closed set, the same in the domain, in gRPC, in metrics and in the docs (protocol §4).
/// The numbers travel in events and on the wire and never change.
/// </summary>
public enum RejectionReason
{
    /// <summary>Not rejected.</summary>
    None = 0,

    /// <summary>A field is missing or has the wrong length.</summary>
    Malformed = 1,

    /// <summary>An amount is zero or above 2^128−1.</summary>
    AmountOutOfRange = 2,

    /// <summary>Not 65 canonical bytes, or not signed by the named identity; an intercepted promise recovers another address.</summary>
    InvalidSignature = 3,

    /// <summary>The consumer channel is not registered in a confirmed block.</summary>
    UnknownChannel = 4,

    /// <summary>The promise names a provider other than the one who hands it in.</summary>
    WrongProvider = 5,

    /// <summary>The agreement's total was reached before: a success that stores nothing.</summary>
    AlreadyCovered = 6,

    /// <summary>The amount is below what has been credited: the staircase (protocol §4 rule 3).</summary>
    PromiseTooLow = 7,

    /// <summary>More is promised than was deposited: the double-spend check (protocol §4 rule 4).</summary>
    Overspend = 8,

    /// <summary>An exit request is open for the consumer channel.</summary>
    ChannelExiting = 9,

    /// <summary>An admin froze the consumer channel.</summary>
    ChannelFrozen = 10,

    /// <summary>Too much credit waits for its R: reveal first (protocol §4 rule 6).</summary>
    RevealFirst = 11,

    /// <summary>One unrevealed payment exceeds the exposure limit alone.</summary>
    DeltaTooLarge = 12,

    /// <summary>The agreement lies below the floor of agreements that are still kept (protocol §4 rule 7).</summary>
    AgreementClosed = 13,

    /// <summary>The R opens no hashlock that the accountant knows for this provider.</summary>
    UnknownHashlock = 14,

    /// <summary>No valid session signature opened the stream, or it names another provider.</summary>
    Unauthenticated = 15,

    /// <summary>A size, rate or count limit was exceeded.</summary>
    LimitExceeded = 16,

    /// <summary>The accountant has too much to do; try again later.</summary>
    Overloaded = 17,

    /// <summary>Nobody can say whether it was done; ask again, asking is harmless.</summary>
    OutcomeUnknown = 18,
}
