namespace AccountantCluster.Contracts.Tests;

/// <summary>One Solidity test.</summary>
/// <param name="Contract">Name of its contract.</param>
/// <param name="Function">Name of its function.</param>
internal readonly record struct ForgeTest(string Contract, string Function);
