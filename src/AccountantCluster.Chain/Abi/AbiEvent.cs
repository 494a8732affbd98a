using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>An event of a contract.</summary>
/// <param name="Declaration">
/// Name and types, with Solidity's word "indexed" where it belongs: <c>Transfer(address indexed,address indexed,uint256)</c>.
/// </param>
public sealed record AbiEvent(string Declaration)
{
    /// <summary>keccak256 of name and types: the first topic of its logs.</summary>
    public Bytes32 Topic { get; } =
        Keccak256.Hash(Encoding.UTF8.GetBytes(Declaration.Replace(" indexed", "", StringComparison.Ordinal)));

    /// <summary>How many of its values are topics.</summary>
    public int IndexedCount { get; } = Declaration.Split(" indexed").Length - 1;
}
