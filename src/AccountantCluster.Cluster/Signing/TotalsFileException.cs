namespace AccountantCluster.Cluster;

/// <summary>The file of the signer's memory cannot be used; the message says why.</summary>
public sealed class TotalsFileException : Exception
{
    /// <summary>A failure with that message.</summary>
    public TotalsFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
