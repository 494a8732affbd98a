using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>One transaction that was, or may have been, handed in for a nonce.</summary>
/// <param name="Hash">Its name on the chain.</param>
/// <param name="Fees">What it offers for gas.</param>
/// <param name="Head">Height of the newest block when it was made.</param>
/// <param name="Cancels">It does nothing but take the place of one that must not happen any more.</param>
public sealed record LaneAttempt(Bytes32 Hash, GasFees Fees, ulong Head, bool Cancels)
{
    /// <summary>
    /// The sender's, so that the very same transaction can be handed in again: not every signer gives the same one twice. Null in journals
    /// from before it was stored, of keys that do.
    /// </summary>
    public Signature? Signature { get; init; }
}
