using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Vanishing;

/// <summary>A provider that worked with two accountants. Amounts in token base units.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Promised">By the accountant that stayed.</param>
/// <param name="Paid">By it, on chain.</param>
/// <param name="PromisedByVanished">By the one that vanished.</param>
/// <param name="SettledAlone">Of that, on chain, by the node while it was there and by the provider itself afterwards.</param>
/// <param name="Earned">By the SDK's sum of both.</param>
internal sealed record ProviderOfBoth(
    string Name, Amount Promised, Amount Paid, Amount PromisedByVanished, Amount SettledAlone, Amount Earned);
