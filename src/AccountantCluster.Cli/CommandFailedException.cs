namespace AccountantCluster.Cli;

/// <summary>
/// A command cannot do what it was asked to; the message is one sentence for a person, and says what to do where that is known.
/// </summary>
internal sealed class CommandFailedException : Exception
{
    /// <summary>A failure with that message.</summary>
    public CommandFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
