using AccountantCluster.Client.Accountants;

namespace AccountantCluster.Client.Exchange;

/// <summary>What an accountant says when a provider's session opens.</summary>
/// <param name="Terms">Its terms and limits.</param>
/// <param name="Latest">Its latest promise to this provider.</param>
public sealed record OpenedSession(AccountantTerms Terms, LatestPromise Latest);
