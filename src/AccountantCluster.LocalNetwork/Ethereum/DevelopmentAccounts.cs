using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.LocalNetwork;

/// <summary>
/// The keys that anvil funds: the paths m/44'/60'/0'/0/i (BIP-32, BIP-39) of a phrase that everybody knows. Worthless on any other chain,
/// by intent.
/// </summary>
public static class DevelopmentAccounts
{
    /// <summary>The well-known phrase of development chains.</summary>
    public const string Mnemonic = "test test test test test test test test test test test junk";

    private const uint Hardened = 0x8000_0000;
    private const int SeedRounds = 2048;

    private static readonly BigInteger Order =
        BigInteger.Parse(
            "0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static readonly Lazy<Node> Parent = new(() =>
    {
        var seed = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(Mnemonic), Encoding.UTF8.GetBytes("mnemonic"), SeedRounds, HashAlgorithmName.SHA512, 64);
        var root = HMACSHA512.HashData(Encoding.UTF8.GetBytes("Bitcoin seed"), seed);
        var node = new Node(root[..32], root[32..]);
        foreach (var step in (uint[])[44 | Hardened, 60 | Hardened, 0 | Hardened, 0]) node = node.Child(step);
        return node;
    });

    /// <summary>A fresh copy of the key number <paramref name="index"/>, from 0. The caller disposes it.</summary>
    public static PrivateKey Key(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new PrivateKey(Parent.Value.Child((uint)index).Key);
    }

    private sealed record Node(byte[] Key, byte[] ChainCode)
    {
        // BIP-32: child = parent + HMAC(chain code, (secret or public key) ‖ index) mod n.
        public Node Child(uint index)
        {
            var data = new byte[37];
            if (index >= Hardened) Key.CopyTo(data, 1);
            else WritePublicKey(data);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), index);
            var hash = HMACSHA512.HashData(ChainCode, data);
            var sum = (ToInteger(hash.AsSpan(0, 32)) + ToInteger(Key)) % Order;
            var digits = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
            var child = new byte[32];
            digits.CopyTo(child, child.Length - digits.Length);
            return new Node(child, hash[32..]);
        }

        private static BigInteger ToInteger(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

        private void WritePublicKey(Span<byte> destination)
        {
            using var key = new PrivateKey(Key);
            Span<byte> point = stackalloc byte[PublicKey.Length];
            key.PublicKey.CopyTo(point);
            destination[0] = (byte)(2 + (point[63] & 1));
            point[..32].CopyTo(destination[1..]);
        }
    }
}
