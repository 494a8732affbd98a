using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>Everything that providers sent and heard in one run.</summary>
/// <param name="Calls">Every call, in the order of their beginnings.</param>
/// <param name="Windows">What providers held at times when nothing was open.</param>
/// <param name="Deposits">What every consumer has on chain, in token base units.</param>
/// <param name="DoubleSpenders">The consumers among them who promise the same money twice.</param>
internal sealed record History(
    IReadOnlyList<Call> Calls,
    IReadOnlyList<ClosedWindow> Windows,
    IReadOnlyDictionary<Address, Amount> Deposits,
    IReadOnlySet<Address> DoubleSpenders);
