using AccountantCluster.Chain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>A job, and by what its identity signed the fee in it.</summary>
/// <param name="Offer">The job.</param>
/// <param name="Digest">What was signed.</param>
/// <param name="Signature">Must be the identity's.</param>
internal readonly record struct SignedOffer(JobOffer Offer, Bytes32 Digest, Signature Signature);
