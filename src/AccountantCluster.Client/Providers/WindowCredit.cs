using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>What the accountant accepted of one consumer under one window.</summary>
/// <param name="Credit">In token base units.</param>
/// <param name="Highest">The promise of the highest amount: evidence, as soon as R may become public.</param>
internal readonly record struct WindowCredit(Amount Credit, SignedPromise Highest);
