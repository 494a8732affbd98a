using AccountantCluster.Protocol;

namespace AccountantCluster.Examples.StreamingProvider;

/// <summary>What one consumer was sent, and what it has paid. Written by one, read by another: safe for both.</summary>
internal sealed class Meter
{
    private long _pieces;
    private ulong _paid;

    /// <summary>Bytes sent.</summary>
    public long Bytes => Interlocked.Read(ref _pieces) * Tariff.PieceBytes;

    /// <summary>What they cost, in token base units.</summary>
    public Amount Used => new((ulong)Interlocked.Read(ref _pieces) * Tariff.PricePerPiece);

    /// <summary>What the accountant accepted, in token base units.</summary>
    public Amount Paid => new(Interlocked.Read(ref _paid));

    /// <summary>Whether more may be sent.</summary>
    public bool HasCredit => Used < Paid + Tariff.LargestDebt;

    /// <summary>One piece went out.</summary>
    public void CountPiece() => Interlocked.Increment(ref _pieces);

    /// <summary>Everything up to that total is paid.</summary>
    public void SetPaid(Amount total) => Interlocked.Exchange(ref _paid, (ulong)total.Units);
}
