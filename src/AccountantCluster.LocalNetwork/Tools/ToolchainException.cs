namespace AccountantCluster.LocalNetwork;

/// <summary>The tools of the local network cannot be installed or found; the message says what to do.</summary>
public sealed class ToolchainException : Exception
{
    /// <summary>A failure with that message.</summary>
    public ToolchainException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
