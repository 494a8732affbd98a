using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>Whether the operator consents to an exit.</summary>
/// <param name="Reason">None: it does.</param>
/// <param name="Signature">The operator's, where it does.</param>
public readonly record struct ConsentAnswer(RejectionReason Reason, Signature? Signature);
