namespace AccountantCluster.Cluster;

/// <summary>Where an accountant lives on its chain.</summary>
/// <param name="Accountant">Its contract.</param>
/// <param name="Registry">The registry that it belongs to.</param>
/// <param name="Token">The registry's token.</param>
public sealed record AccountantAddresses(Address Accountant, Address Registry, Address Token);
