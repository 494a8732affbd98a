using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Exchange;

/// <summary>An accountant cannot be reached, refuses to talk, or does not talk as it should.</summary>
public class AccountantUnavailableException : Exception
{
    /// <summary>A failure with that message.</summary>
    public AccountantUnavailableException(string message, RejectionReason reason = RejectionReason.None, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>What the accountant named as the reason; None where it named none.</summary>
    public RejectionReason Reason { get; }
}
