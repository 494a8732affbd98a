namespace AccountantCluster.Chain;

/// <summary>The node did not answer, not in time, or not in JSON-RPC. What a write did is unknown; asking again is harmless.</summary>
public sealed class EthereumUnavailableException : EthereumException
{
    /// <summary>A failure with that message.</summary>
    public EthereumUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
