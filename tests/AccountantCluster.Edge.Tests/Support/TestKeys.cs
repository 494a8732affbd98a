using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>Keys that are the same in every run, and worthless: anybody can derive them.</summary>
internal static class TestKeys
{
    public static readonly PrivateKey Alice = Named("alice");
    public static readonly PrivateKey Bob = Named("bob");
    public static readonly PrivateKey Provider = Named("provider");
    public static readonly PrivateKey OtherProvider = Named("other provider");
    public static readonly PrivateKey Operator = Named("operator");

    public static PrivateKey Named(string name) => new(Word(name).ToArray());

    public static Bytes32 Word(string name) => Keccak256.Hash(Encoding.UTF8.GetBytes(name));
}
