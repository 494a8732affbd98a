using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>What a node with the role <c>signer</c> signs with. Key and memory stay the host's to dispose.</summary>
/// <param name="Domain">The accountant's contract, which verifies.</param>
/// <param name="Key">The operator key.</param>
/// <param name="Totals">What was signed with it before.</param>
public sealed record SigningKey(AccountantDomain Domain, PrivateKey Key, IHighestTotals Totals);
