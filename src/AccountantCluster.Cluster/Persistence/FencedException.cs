namespace AccountantCluster.Cluster;

/// <summary>
/// The journal holds an event of that number, or of a higher one, that this writer does not know: the channel lives twice, and the other
/// one was first. What is known here is old; nothing may be answered from it.
/// </summary>
internal sealed class FencedException : Exception
{
    public FencedException(string persistenceId, long number)
        : base($"{persistenceId}: another writer has come to event {number} before.")
    {
    }
}
