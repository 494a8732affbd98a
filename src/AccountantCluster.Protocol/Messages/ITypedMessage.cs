namespace AccountantCluster.Protocol;

/// <summary>A message of protocol §2 that is signed as EIP-712 typed data.</summary>
public interface ITypedMessage
{
    /// <summary>EIP-712 <c>hashStruct</c> of the message.</summary>
    Bytes32 HashStruct();
}
