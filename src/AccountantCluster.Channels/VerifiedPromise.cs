using AccountantCluster.Protocol;

namespace AccountantCluster.Channels;

/// <summary>A consumer's promise whose signature was verified to be the named consumer's.</summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Channel">Address of its channel, derived, never taken from the wire.</param>
/// <param name="Promise">What was signed.</param>
/// <param name="Signature">The consumer's signature.</param>
public readonly record struct VerifiedPromise(Address Consumer, Address Channel, ConsumerPromise Promise, Signature Signature)
{
    /// <summary>True for a promise to no provider, which credits nobody (protocol §4 rule 6).</summary>
    public bool IsCover => Promise.Agreement == default;
}
