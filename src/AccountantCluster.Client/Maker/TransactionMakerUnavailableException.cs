namespace AccountantCluster.Client.Maker;

/// <summary>A transaction maker cannot be reached, is of another network, or does not talk as it should.</summary>
public sealed class TransactionMakerUnavailableException : Exception
{
    /// <summary>A failure with that message.</summary>
    public TransactionMakerUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
