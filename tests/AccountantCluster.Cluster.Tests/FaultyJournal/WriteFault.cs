namespace AccountantCluster.Cluster.Tests;

/// <summary>What a journal can do with a write.</summary>
public enum WriteFault
{
    /// <summary>Stores it and says so.</summary>
    None,

    /// <summary>Stores nothing and says that it failed.</summary>
    Fail,

    /// <summary>Stores nothing and rejects it.</summary>
    Reject,

    /// <summary>Stores it, late.</summary>
    Delay,

    /// <summary>Stores it and says that it failed: the connection broke after the commit.</summary>
    StoreThenFail,

    /// <summary>Says that it failed and stores it afterwards: the node lost patience with a database that had not.</summary>
    FailThenStore,
}
