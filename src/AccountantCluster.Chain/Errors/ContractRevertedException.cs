namespace AccountantCluster.Chain;

/// <summary>The contract refused the call (revert).</summary>
public sealed class ContractRevertedException : RpcException
{
    /// <summary>A revert with that data, which the message names where it is known.</summary>
    public ContractRevertedException(int code, ReadOnlyMemory<byte> data)
        : base($"The contract reverted: {ContractError.Decode(data)}", code)
    {
        RevertData = data;
        Error = ContractError.Decode(data);
    }

    /// <summary>What the contract returned: four bytes that name the error, and its arguments; empty where it gave no reason.</summary>
    public ReadOnlyMemory<byte> RevertData { get; }

    /// <summary>The same, decoded.</summary>
    public ContractError Error { get; }
}
