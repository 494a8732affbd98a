using AccountantCluster.Client.Sessions;
using AccountantCluster.Protocol;

namespace AccountantCluster.Examples.StreamingProvider;

/// <summary>What the stream costs and when it is paid for. Amounts in token base units.</summary>
internal static class Tariff
{
    /// <summary>Bytes in one piece of the stream.</summary>
    public const int PieceBytes = 1_024;

    /// <summary>What one piece costs.</summary>
    public const ulong PricePerPiece = 10;

    /// <summary>From one piece to the next: 100 kB a second, so that there is something to see.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <summary>Service stops where so much was used and is not paid: what a consumer who leaves can cost.</summary>
    public static readonly Amount LargestDebt = new(20_000);

    /// <summary>When to ask for money: quick, because nobody watches an example for long.</summary>
    public static InvoiceScheduleOptions Invoices { get; } = new()
    {
        Prepaid = new Amount(500),
        LargestUnpaid = new Amount(5_000),
        FirstInterval = TimeSpan.FromSeconds(1),
        LongestInterval = TimeSpan.FromSeconds(10),
        PaymentPatience = TimeSpan.FromSeconds(10),
        ServicePatience = TimeSpan.FromSeconds(30),
    };
}
