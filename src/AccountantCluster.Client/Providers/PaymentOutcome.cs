using AccountantCluster.Client.Payments;

namespace AccountantCluster.Client.Providers;

/// <summary>What became of a consumer's promise.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Rejection">With <see cref="PaymentStatus.Refused"/>: what to hand back to the consumer.</param>
public sealed record PaymentOutcome(PaymentStatus Status, Rejection? Rejection = null)
{
    internal static PaymentOutcome Accepted { get; } = new(PaymentStatus.Accepted);

    internal static PaymentOutcome Late { get; } = new(PaymentStatus.Late);

    internal static PaymentOutcome NotAsInvoiced { get; } = new(PaymentStatus.NotAsInvoiced);

    internal static PaymentOutcome InvalidSignature { get; } = new(PaymentStatus.InvalidSignature);

    internal static PaymentOutcome Refused(Rejection rejection) => new(PaymentStatus.Refused, rejection);
}

/// <summary>What became of a consumer's promise.</summary>
public enum PaymentStatus
{
    /// <summary>The accountant accepted it: paid.</summary>
    Accepted = 0,

    /// <summary>The accountant refused it. The consumer gets no service until another promise for the same total is accepted.</summary>
    Refused,

    /// <summary>Its window is closed, so it was not handed in: ask again with <see cref="ProviderAccount.InvoiceAgainAsync"/>.</summary>
    Late,

    /// <summary>
    /// It is not what was invoiced: another provider, agreement or total, or an amount below the total. Nothing was done.
    /// </summary>
    NotAsInvoiced,

    /// <summary>The named consumer did not sign it. Nothing was done.</summary>
    InvalidSignature,
}
