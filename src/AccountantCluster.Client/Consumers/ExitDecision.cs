namespace AccountantCluster.Client.Consumers;

/// <summary>Whether a consumer signs an exit.</summary>
/// <param name="Refusal">None: it does.</param>
/// <param name="Repeated">The exit that was signed before; null where it is a new one.</param>
internal readonly record struct ExitDecision(PaymentRefusal Refusal, SignedExit? Repeated)
{
    public static ExitDecision Refuse(PaymentRefusal refusal) => new(refusal, null);
}
