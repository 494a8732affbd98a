namespace AccountantCluster.Cluster;

/// <summary>Why the signer signs nothing.</summary>
internal enum SigningRefusal
{
    /// <summary>More was signed for the provider before: the books are old.</summary>
    Lower,

    /// <summary>The journal does not hold what is to be signed, or the rules do not allow what it holds.</summary>
    Unjustified,
}
