namespace AccountantCluster.Client.Exchange;

/// <summary>
/// The accountant says less than it had said before: its books were restored from an old backup. Nothing goes to it before the session is
/// opened anew and what the provider holds is brought back (protocol §4).
/// </summary>
public sealed class AccountantRestoredException : AccountantUnavailableException
{
    /// <summary>The accountant went back in time.</summary>
    public AccountantRestoredException()
        : base("The accountant's books are older than what it said before: the session is to be opened anew.")
    {
    }
}
