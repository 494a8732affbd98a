using AccountantCluster.Client.Accountants;
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

    /// <summary>A promise that was handed in is waited for so long, and so is a consumer's.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly Amount Prepaid = new(500);

    /// <summary>When to ask for money: quick, because nobody watches an example for long.</summary>
    /// <param name="terms">The accountant's: it takes no first payment below a minimum.</param>
    public static InvoiceScheduleOptions InvoicesBy(AccountantTerms terms) => new()
    {
        Prepaid = Amount.Max(Prepaid, terms.MinimumFirstPayment),
        LargestUnpaid = new Amount(5_000),
        FirstInterval = TimeSpan.FromSeconds(1),
        LongestInterval = TimeSpan.FromSeconds(10),
        PaymentPatience = Patience,
        ServicePatience = TimeSpan.FromSeconds(30),
    };
}
