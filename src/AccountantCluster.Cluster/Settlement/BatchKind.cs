namespace AccountantCluster.Cluster;

/// <summary>What a batch of the accountant's does on chain.</summary>
internal enum BatchKind
{
    /// <summary>Cashes consumers' promises into the accountant.</summary>
    Collect,

    /// <summary>Pays providers.</summary>
    Pay,

    /// <summary>Refills provider channels up to their loans.</summary>
    Refill,
}
