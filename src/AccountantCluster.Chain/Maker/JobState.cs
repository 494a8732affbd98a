namespace AccountantCluster.Chain;

/// <summary>Where a job stands, as whoever gave it can watch (protocol §1, transaction maker).</summary>
public enum JobState
{
    /// <summary>It is stored: it will be sent, or fail with a reason.</summary>
    Accepted = 1,

    /// <summary>A transaction was handed in.</summary>
    Sent = 2,

    /// <summary>Another one with higher fees took its place.</summary>
    Replaced = 3,

    /// <summary>It is in a block that may still go.</summary>
    Mined = 4,

    /// <summary>It happened, for good.</summary>
    Confirmed = 5,

    /// <summary>It did not, and will not under this client id.</summary>
    Failed = 6,
}
