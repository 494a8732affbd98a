using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Settlement;

/// <summary>One provider to pay.</summary>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Total">Up to which total, in token base units: cumulative, so that a row sent twice pays once.</param>
/// <param name="Value">What that pays while no other transaction comes first, in token base units.</param>
public readonly record struct PaymentRow(Address Provider, Amount Total, Amount Value);
