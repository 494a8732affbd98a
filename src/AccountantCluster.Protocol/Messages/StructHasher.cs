using System.Text;

namespace AccountantCluster.Protocol;

/// <summary>Collects the 32-byte words of an EIP-712 struct on the stack and hashes them.</summary>
internal ref struct StructHasher
{
    private readonly Span<byte> _words;
    private int _length;

    /// <summary>Starts with the type's hash; <paramref name="buffer"/> must hold every word, the type's included.</summary>
    public StructHasher(Span<byte> buffer, Bytes32 typeHash)
    {
        _words = buffer;
        Add(typeHash);
    }

    /// <summary>keccak256 of a type's encoding, computed once per type.</summary>
    public static Bytes32 TypeHash(string encodedType) => Keccak256.Hash(Encoding.UTF8.GetBytes(encodedType));

    public void Add(Bytes32 word)
    {
        word.CopyTo(_words[_length..]);
        _length += Bytes32.Length;
    }

    public void Add(Address address) => Add(address.ToBytes32());

    public void Add(Amount amount) => Add(amount.ToBytes32());

    public void Add(ulong number) => Add(Bytes32.FromUInt128(number));

    public readonly Bytes32 Hash() => Keccak256.Hash(_words[.._length]);
}
