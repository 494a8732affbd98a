using System.Numerics;

namespace AccountantCluster.Protocol;

/// <summary>The order n of secp256k1's group, which bounds private keys, r and s.</summary>
internal static class CurveOrder
{
    /// <summary>n.</summary>
    public static readonly Bytes32 N = Bytes32.Parse("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");

    /// <summary>n/2 rounded down: the largest s that is canonical.</summary>
    public static readonly Bytes32 Half = Bytes32.Parse("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    /// <summary>The number modulo n.</summary>
    public static Bytes32 Reduce(Bytes32 number)
    {
        if (number < N) return number;
        // Every 256-bit number is below 2n.
        var rest = new BigInteger(number.ToArray(), isUnsigned: true, isBigEndian: true)
            - new BigInteger(N.ToArray(), isUnsigned: true, isBigEndian: true);
        var digits = rest.ToByteArray(isUnsigned: true, isBigEndian: true);
        Span<byte> word = stackalloc byte[Bytes32.Length];
        word.Clear();
        digits.CopyTo(word[(Bytes32.Length - digits.Length)..]);
        return new Bytes32(word);
    }
}
