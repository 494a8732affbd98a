namespace AccountantCluster.LocalNetwork;

/// <summary>
/// A program could not be started, ended early, or did not do in time what was expected of it. The message carries the end of its output.
/// </summary>
public sealed class ProcessFailedException : Exception
{
    /// <summary>A failure with that message.</summary>
    public ProcessFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
