namespace AccountantCluster.Cluster;

/// <summary>Nobody sends transactions on this node now: another one does, or none does for a moment.</summary>
public sealed class MakerAwayException : Exception
{
    /// <summary>A failure with that message.</summary>
    public MakerAwayException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
