namespace AccountantCluster.Protocol;

/// <summary>
/// Signing and verification on secp256k1. Every implementation answers every input, hostile ones included, in the same way; all are safe for
/// concurrent use.
/// </summary>
public interface ICurve
{
    /// <summary>Which implementation this is, for reports.</summary>
    string Name { get; }

    /// <summary>The address that signed <paramref name="digest"/>; false where the signature recovers to nothing. Never the zero address.</summary>
    bool TryRecover(Bytes32 digest, in Signature signature, out Address signer);

    /// <summary>The public key that signed <paramref name="digest"/>; false where the signature recovers to nothing.</summary>
    bool TryRecoverKey(Bytes32 digest, in Signature signature, out PublicKey signer);

    /// <summary>
    /// Whether <paramref name="signer"/> signed <paramref name="digest"/>. True exactly when <see cref="TryRecoverKey"/> would give that key: a wrong v is
    /// refused here too, because it would not settle on chain (protocol §2).
    /// </summary>
    bool Verify(Bytes32 digest, in Signature signature, PublicKey signer);

    /// <summary>Signs, deterministically (RFC 6979), with a low s and v of 27 or 28.</summary>
    Signature Sign(Bytes32 digest, PrivateKey key);
}
