namespace AccountantCluster.Chain;

/// <summary>When a key's signatures are the accountant's; both zero for an unknown key.</summary>
/// <param name="From">The first second, since 1970.</param>
/// <param name="Until">The second after the last one; 2^64−1 while the key is not revoked.</param>
public sealed record OperatorValidity(ulong From, ulong Until);
