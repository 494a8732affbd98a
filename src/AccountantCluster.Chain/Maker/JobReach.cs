namespace AccountantCluster.Chain;

/// <summary>Whether the chain shows what a job is for, whoever sent it.</summary>
public enum JobReach
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>In a block that may still go.</summary>
    Seen,

    /// <summary>In a confirmed block.</summary>
    Confirmed,
}
