using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Consumers;

/// <summary>The operator does not consent to an exit.</summary>
public sealed class ExitRefusedException : Exception
{
    /// <summary>A refusal for that reason.</summary>
    public ExitRefusedException(RejectionReason reason)
        : base($"The operator does not consent to the exit: {reason.ToName()}.") => Reason = reason;

    /// <summary>Why; as the accountant says.</summary>
    public RejectionReason Reason { get; }
}
