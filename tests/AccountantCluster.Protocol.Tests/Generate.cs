using CsCheck;

namespace AccountantCluster.Protocol.Tests;

/// <summary>Random values, with the edges more often than chance would have them.</summary>
internal static class Generate
{
    private static readonly Gen<UInt128> Edges =
        Gen.OneOf(
            Gen.Const(UInt128.Zero),
            Gen.Const(UInt128.One),
            Gen.Const((UInt128)ulong.MaxValue),
            Gen.Const((UInt128)ulong.MaxValue + 1),
            Gen.Const(UInt128.MaxValue));

    public static readonly Gen<UInt128> Units = Gen.OneOf(
        Edges,
        Gen.Select(Gen.ULong, Gen.ULong, (upper, lower) => new UInt128(upper, lower)),
        Gen.Select(Gen.Int[0, 127], Gen.ULong, (shift, number) => (UInt128)number << shift));

    public static readonly Gen<Amount> Amount = Units.Select(units => new Amount(units));

    public static readonly Gen<Bytes32> Bytes32 = Gen.Byte.Array[AccountantCluster.Protocol.Bytes32.Length].Select(bytes => new Bytes32(bytes));
}
