using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>What a consumer does about an invoice or a rejection: refuses, repeats a promise, or signs one.</summary>
/// <param name="Refusal">None where it does not refuse.</param>
/// <param name="Repeated">A promise signed before that answers the invoice.</param>
/// <param name="Amount">To be signed.</param>
/// <param name="Hashlock">To be signed.</param>
/// <param name="Agreement">To be signed.</param>
/// <param name="Before">The agreement's total before its last increase.</param>
/// <param name="Resynchronisations">How often that increase was signed again after a rejection, this time included.</param>
internal sealed record PayDecision(
    PaymentRefusal Refusal,
    SignedPromise? Repeated,
    Amount Amount,
    Hashlock Hashlock,
    Agreement Agreement,
    Amount Before,
    int Resynchronisations)
{
    public static PayDecision Refuse(PaymentRefusal reason) => new(reason, null, default, default, default, default, default);

    public static PayDecision Repeat(SignedPromise promise) =>
        new(PaymentRefusal.None, promise, default, default, default, default, default);

    public static PayDecision Sign(Amount amount, Hashlock hashlock, Agreement agreement, Amount before, int resynchronisations) =>
        new(PaymentRefusal.None, null, amount, hashlock, agreement, before, resynchronisations);
}
