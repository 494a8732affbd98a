using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A function of a contract.</summary>
/// <param name="Signature">Name and types, as Solidity hashes them: <c>collect((address,uint256,bytes32,bytes32,bytes)[])</c>.</param>
/// <param name="Returns">Types of what it returns, joined by commas; empty for nothing.</param>
public sealed record AbiFunction(string Signature, string Returns = "")
{
    /// <summary>The first four bytes of keccak256(signature), in front of the arguments.</summary>
    public ReadOnlyMemory<byte> Selector { get; } = Keccak256.Hash(Encoding.UTF8.GetBytes(Signature)).ToArray().AsMemory(0, 4);

    /// <summary>The call with those arguments.</summary>
    public ContractCall Call(Address contract, AbiEncoder? arguments = null) =>
        new(contract, (byte[])[.. Selector.Span, .. arguments?.ToArray() ?? []]);
}
