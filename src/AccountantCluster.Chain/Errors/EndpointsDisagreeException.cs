namespace AccountantCluster.Chain;

/// <summary>
/// Several Ethereum nodes were asked the same, and too few of them said the same: nothing is learnt, and looking again is harmless. One of
/// them is behind, or on another branch of the chain, or lies.
/// </summary>
public sealed class EndpointsDisagreeException : EthereumException
{
    /// <summary>A disagreement with that message.</summary>
    public EndpointsDisagreeException(string message)
        : base(message)
    {
    }
}
