namespace AccountantCluster.Client.Statements;

/// <summary>No statement can be made; the message is one sentence for a person, and says what to do.</summary>
public sealed class StatementException : Exception
{
    /// <summary>A failure with that message.</summary>
    public StatementException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
