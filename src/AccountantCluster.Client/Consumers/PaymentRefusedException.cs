namespace AccountantCluster.Client.Consumers;

/// <summary>The consumer did not sign, and nothing changed.</summary>
public sealed class PaymentRefusedException : Exception
{
    /// <summary>A refusal for that reason.</summary>
    public PaymentRefusedException(PaymentRefusal reason)
        : base($"The consumer does not sign: {reason}.") => Reason = reason;

    /// <summary>Why.</summary>
    public PaymentRefusal Reason { get; }
}
