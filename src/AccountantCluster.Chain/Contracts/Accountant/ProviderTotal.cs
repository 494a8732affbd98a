using System.Buffers.Binary;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A row of the operator's own packed payment (paper §4.5).</summary>
/// <param name="Provider">Who is paid.</param>
/// <param name="Total">The total that the channel is to have settled after it.</param>
public readonly record struct ProviderTotal(Address Provider, Amount Total)
{
    /// <summary>Provider (20 bytes), total (16 bytes).</summary>
    public const int PackedLength = Address.Length + 16;

    internal void Pack(Span<byte> destination)
    {
        Provider.CopyTo(destination);
        BinaryPrimitives.WriteUInt128BigEndian(destination[Address.Length..], Total.Units);
    }
}
