using System.Numerics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>Foreign tokens that lay at a contract by mistake went on to where they can be used.</summary>
/// <param name="Token">The foreign token.</param>
/// <param name="To">Who got them.</param>
/// <param name="Amount">In the foreign token's base units. Any token can write any number here.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record TokensRescued(Address Token, Address To, BigInteger Amount, LogEntry Log) : IContractEvent<TokensRescued>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("TokensRescued(address indexed,address indexed,uint256)");

    /// <inheritdoc/>
    public static TokensRescued Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) => new(
        indexed.ReadAddress(),
        indexed.ReadAddress(),
        new BigInteger(data.ReadBytes32().ToArray(), isUnsigned: true, isBigEndian: true),
        log);
}

/// <summary>Ether that lay at a contract by mistake went on to where it can be used.</summary>
/// <param name="To">Who got it.</param>
/// <param name="AmountWei">In wei.</param>
/// <param name="Log">Where the event comes from.</param>
public sealed record EtherRescued(Address To, UInt128 AmountWei, LogEntry Log) : IContractEvent<EtherRescued>
{
    /// <inheritdoc/>
    public static AbiEvent Definition { get; } = new("EtherRescued(address indexed,uint256)");

    /// <inheritdoc/>
    public static EtherRescued Read(AbiDecoder indexed, AbiDecoder data, LogEntry log) =>
        new(indexed.ReadAddress(), data.ReadUInt128(), log);
}
