namespace AccountantCluster.Chain;

/// <summary>Why a transaction maker does not take a job, or could not do it: one closed set, under the same names on the wire.</summary>
public enum JobReason
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>A field is missing or has the wrong form.</summary>
    Malformed = 1,

    /// <summary>Not signed by whoever it is for.</summary>
    InvalidSignature = 2,

    /// <summary>The registry of this transaction maker knows no such accountant.</summary>
    UnknownAccountant = 3,

    /// <summary>The signed fee goes to somebody else.</summary>
    OtherTransactionMaker = 4,

    /// <summary>The quote is over or none of this transaction maker's, and the signed fee is below what it asks now.</summary>
    QuoteExpired = 5,

    /// <summary>The transaction would pay less than was quoted: the fee is cumulative, or not enough would be settled.</summary>
    FeeTooLow = 6,

    /// <summary>The signed deadline leaves too little time.</summary>
    DeadlineTooSoon = 7,

    /// <summary>The contract would refuse it; also where a transaction that was sent would revert now, and was cancelled.</summary>
    WouldRevert = 8,

    /// <summary>The same client id stands for something else.</summary>
    Conflict = 9,

    /// <summary>Too many jobs of one identity or from one place.</summary>
    LimitExceeded = 10,

    /// <summary>Too many jobs altogether, or the token's price or the chain is not known now; it can come again later.</summary>
    Overloaded = 11,

    /// <summary>It was mined and refused by the contract: somebody else was faster with something else.</summary>
    Reverted = 12,

    /// <summary>Gas stayed dearer than the transaction maker pays, for so long that the job was given back.</summary>
    NotSentInTime = 13,

    /// <summary>The transaction maker's key was used elsewhere.</summary>
    Overtaken = 14,
}
