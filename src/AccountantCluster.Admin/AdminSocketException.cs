namespace AccountantCluster.Admin;

/// <summary>The admin's socket cannot be opened where it is said to be; the message says why.</summary>
public sealed class AdminSocketException : Exception
{
    /// <summary>A failure with that message.</summary>
    public AdminSocketException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
