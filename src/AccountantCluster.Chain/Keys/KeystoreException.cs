namespace AccountantCluster.Chain;

/// <summary>A keystore cannot be opened: the password is wrong, or the file is none. Says nothing of either.</summary>
public sealed class KeystoreException : Exception
{
    /// <summary>A failure with that message.</summary>
    public KeystoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
