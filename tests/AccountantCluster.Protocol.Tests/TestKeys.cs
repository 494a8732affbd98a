using System.Text;

namespace AccountantCluster.Protocol.Tests;

/// <summary>Keys that are the same in every run, and worthless: anybody can derive them.</summary>
internal static class TestKeys
{
    public static PrivateKey Named(string name) => new(SecretOf(name).ToArray());

    public static Bytes32 SecretOf(string name) => Keccak256.Hash(Encoding.UTF8.GetBytes("AccountantCluster test key: " + name));
}
