namespace AccountantCluster.Cluster;

/// <summary>A node's files for TLS with the other nodes cannot be used.</summary>
public sealed class RemoteTlsException : Exception
{
    /// <summary>A failure with that message.</summary>
    public RemoteTlsException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
