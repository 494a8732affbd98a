namespace AccountantCluster.Client.Storage;

/// <summary>What a store's files survive.</summary>
public enum StoreDurability
{
    /// <summary>Loss of power: every step waits for the disk, one to ten milliseconds. The rule for money.</summary>
    PowerLoss,

    /// <summary>
    /// The end of the process, not of the machine: for demonstrations and tests with many identities on one disk. After a loss of power the
    /// newest steps may be missing.
    /// </summary>
    ProcessCrash,
}
