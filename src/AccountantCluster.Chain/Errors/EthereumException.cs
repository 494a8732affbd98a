namespace AccountantCluster.Chain;

/// <summary>
/// Something on the way to the chain or on the chain itself went wrong; the subclass says what. Messages carry no secrets and no addresses
/// of nodes.
/// </summary>
public abstract class EthereumException : Exception
{
    /// <summary>A failure with that message.</summary>
    protected EthereumException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
