using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>What an accountant says when a provider's session opens.</summary>
/// <param name="Terms">Its terms and limits.</param>
/// <param name="LatestPromise">Its latest promise to this provider; null before the first.</param>
/// <param name="LatestPosition">The chain position that came with it.</param>
public sealed record OpenedSession(AccountantTerms Terms, AccountantPromise? LatestPromise, ChainPosition? LatestPosition);
