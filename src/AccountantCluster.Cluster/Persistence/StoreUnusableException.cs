namespace AccountantCluster.Cluster;

/// <summary>Channels cannot be kept where the node was told to: it must not start. The message never holds a secret.</summary>
public sealed class StoreUnusableException : Exception
{
    /// <summary>A failure with that message.</summary>
    public StoreUnusableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
