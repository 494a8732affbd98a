using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>
/// What an accountant says to evidence: None: it raised a total; ALREADY_COVERED: no less was known, a success; or why it is none.
/// </summary>
/// <param name="Total">Of the accountant's own promise; None where none was brought.</param>
/// <param name="Promises">Of each consumer's promise, in their order.</param>
public sealed record EvidenceAnswer(RejectionReason Total, IReadOnlyList<RejectionReason> Promises);
