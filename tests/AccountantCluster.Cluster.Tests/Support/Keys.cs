using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Private keys by number, so that every run signs the same.</summary>
internal static class Keys
{
    private static int _last = 1_000;

    public static PrivateKey Of(int number) => new(Bytes32.FromUInt128((UInt128)number).ToArray());

    /// <summary>A key that no other test of this run has.</summary>
    public static PrivateKey Next() => Of(Interlocked.Increment(ref _last));
}
