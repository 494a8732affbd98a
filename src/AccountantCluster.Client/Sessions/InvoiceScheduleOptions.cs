using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Sessions;

/// <summary>When a provider asks for money, and when it has waited long enough. The defaults served a network of thousands of nodes.</summary>
public sealed record InvoiceScheduleOptions
{
    /// <summary>Asked for before anything was used, in token base units: what a consumer who never pays costs.</summary>
    public Amount Prepaid { get; init; }

    /// <summary>
    /// Asked for at once when this much was used and not asked for, in token base units; null: only time decides. Below the accountant's
    /// exposure limit.
    /// </summary>
    public Amount? LargestUnpaid { get; init; }

    /// <summary>From one invoice to the next at the beginning, when nobody knows the other yet.</summary>
    public TimeSpan FirstInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The interval grows by a third with each invoice, up to this: whoever has paid for an hour need not be asked every second.</summary>
    public TimeSpan LongestInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>An invoice that was not paid for so long is sent again: the first one, or its promise, may be lost.</summary>
    public TimeSpan PaymentPatience { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>A session in which nothing was paid for so long, though it was asked for, ends.</summary>
    public TimeSpan ServicePatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>So often in a row the accountant may fail before the session ends: what was used meanwhile is not paid.</summary>
    public int MaxFailures { get; init; } = 10;
}
