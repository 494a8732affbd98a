namespace AccountantCluster.Chain;

/// <summary>What a transaction that is to be signed for a nonce offers.</summary>
/// <param name="Fees">For gas.</param>
/// <param name="Head">Height of the newest block when it was decided.</param>
/// <param name="Cancels">It does nothing but take the place of one that must not happen any more.</param>
public sealed record LaneOffer(GasFees Fees, ulong Head, bool Cancels);
