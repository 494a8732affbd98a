namespace AccountantCluster.Reliability.Faults;

/// <summary>What can go wrong while the cluster is paid.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL for one node, which comes back after a while.</summary>
    Kill,

    /// <summary>SIGSTOP for one node, and SIGCONT: it wakes up and does not know that time has passed.</summary>
    Pause,

    /// <summary>All nodes stopped politely and started again, one after the other.</summary>
    RollingRestart,

    /// <summary>PostgreSQL stopped in order and started again.</summary>
    DatabaseRestart,

    /// <summary>PostgreSQL ended without a checkpoint, and started again.</summary>
    DatabaseCrash,

    /// <summary>Two nodes cannot reach each other; the third reaches both, and everybody reaches PostgreSQL.</summary>
    CutPair,

    /// <summary>One node is cut off from all others, and reaches PostgreSQL and its providers.</summary>
    Isolate,
}
