namespace AccountantCluster.Cluster;

/// <summary>A consumer that wants its tokens back without consent, and can take them once the notice is over (protocol §6).</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="FinalizableAt">From when on the tokens can be taken, in seconds since 1970.</param>
public readonly record struct OpenExit(Address Channel, ulong FinalizableAt);
