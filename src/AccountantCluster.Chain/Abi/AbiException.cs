namespace AccountantCluster.Chain;

/// <summary>Bytes that are not the ABI encoding of what they should be: the other side is another contract, or lies.</summary>
public sealed class AbiException : EthereumException
{
    /// <summary>A failure with that message.</summary>
    public AbiException(string message)
        : base(message)
    {
    }
}
