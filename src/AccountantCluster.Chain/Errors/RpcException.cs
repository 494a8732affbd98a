namespace AccountantCluster.Chain;

/// <summary>The node answered with an error.</summary>
public class RpcException : EthereumException
{
    /// <summary>An error with that code and message, both the node's.</summary>
    public RpcException(int code, string message)
        : base($"The Ethereum node refused ({code}): {message}") => Code = code;

    /// <summary>An error whose message is made by a subclass.</summary>
    protected RpcException(string message, int code)
        : base(message) => Code = code;

    /// <summary>The JSON-RPC error code.</summary>
    public int Code { get; }
}
