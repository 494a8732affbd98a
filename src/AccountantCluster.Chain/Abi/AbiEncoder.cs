using System.Text;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Builds Solidity's ABI encoding of a list of values, for the types that the contracts use. Dynamic values (bytes, string, arrays, tuples
/// with one of those inside) stand behind all others and leave their offset in their place.
/// </summary>
public sealed class AbiEncoder
{
    private readonly List<(byte[] Bytes, bool IsDynamic)> _parts = [];

    private bool IsDynamic => _parts.Exists(part => part.IsDynamic);

    /// <summary>bytes32, or any unsigned number as its word.</summary>
    public AbiEncoder Add(Bytes32 word)
    {
        _parts.Add((word.ToArray(), false));
        return this;
    }

    /// <summary>address.</summary>
    public AbiEncoder Add(Address address) => Add(address.ToBytes32());

    /// <summary>An unsigned number of 128 bits or more.</summary>
    public AbiEncoder Add(Amount amount) => Add(amount.ToBytes32());

    /// <summary>An unsigned number; the caller sees to it that the type is wide enough.</summary>
    public AbiEncoder Add(ulong number) => Add(Bytes32.FromUInt128(number));

    /// <summary>bool.</summary>
    public AbiEncoder Add(bool value) => Add(value ? 1UL : 0UL);

    /// <summary>bytes.</summary>
    public AbiEncoder AddBytes(ReadOnlySpan<byte> bytes)
    {
        var padded = new byte[Bytes32.Length + (bytes.Length + Bytes32.Length - 1) / Bytes32.Length * Bytes32.Length];
        Bytes32.FromUInt128((uint)bytes.Length).CopyTo(padded);
        bytes.CopyTo(padded.AsSpan(Bytes32.Length));
        _parts.Add((padded, true));
        return this;
    }

    /// <summary>string.</summary>
    public AbiEncoder AddString(string text) => AddBytes(Encoding.UTF8.GetBytes(text));

    /// <summary>A tuple (struct) with the values of another encoder.</summary>
    public AbiEncoder AddTuple(AbiEncoder fields)
    {
        if (fields.IsDynamic) _parts.Add((fields.ToArray(), true));
        else _parts.AddRange(fields._parts);
        return this;
    }

    /// <summary>T[]; <paramref name="add"/> adds exactly one value for each item.</summary>
    public AbiEncoder AddArray<T>(IReadOnlyCollection<T> items, Action<AbiEncoder, T> add)
    {
        var elements = new AbiEncoder();
        foreach (var item in items) add(elements, item);
        _parts.Add(([.. Bytes32.FromUInt128((uint)items.Count).ToArray(), .. elements.ToArray()], true));
        return this;
    }

    /// <summary>The encoding.</summary>
    public byte[] ToArray()
    {
        var headLength = _parts.Sum(part => part.IsDynamic ? Bytes32.Length : part.Bytes.Length);
        var encoded = new byte[headLength + _parts.Sum(part => part.IsDynamic ? part.Bytes.Length : 0)];
        var (head, tail) = (0, headLength);
        foreach (var (bytes, isDynamic) in _parts)
        {
            if (isDynamic)
            {
                Bytes32.FromUInt128((uint)tail).CopyTo(encoded.AsSpan(head));
                bytes.CopyTo(encoded, tail);
                head += Bytes32.Length;
                tail += bytes.Length;
            }
            else
            {
                bytes.CopyTo(encoded, head);
                head += bytes.Length;
            }
        }
        return encoded;
    }
}
