namespace AccountantCluster.Client.Storage;

/// <summary>A store's file cannot be used: it belongs to somebody else, comes from another version, or another process has it.</summary>
public sealed class StoreException : Exception
{
    /// <summary>A failure with that message.</summary>
    public StoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
