using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>The latest total that the accountant put its name to, for one provider.</summary>
/// <param name="Hashlock">The hashlock under which it settles.</param>
/// <param name="Gross">Credit in it, fees included, in token base units.</param>
/// <param name="Promised">What is promised, fees taken off, in token base units.</param>
/// <param name="Position">Where the provider stood in its hash chain; null where it named no chain.</param>
public sealed record SignedTotal(Hashlock Hashlock, Amount Gross, Amount Promised, ChainPosition? Position);
