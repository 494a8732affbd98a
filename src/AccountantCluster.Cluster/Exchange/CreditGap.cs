using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Exchange;

/// <summary>
/// A provider channel counts less of a consumer channel's credit than it was sent: something before it never came. Cannot happen, and is
/// watched.
/// </summary>
/// <param name="Provider">Who was credited.</param>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Counted">What is counted, in token base units.</param>
/// <param name="Sent">What was sent, in token base units.</param>
internal readonly record struct CreditGap(Address Provider, Address Channel, Amount Counted, Amount Sent);
