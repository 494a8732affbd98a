using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>What a transaction does; who sends it and what it may cost is for the sender.</summary>
/// <param name="To">The receiver; null to deploy a contract.</param>
/// <param name="Data">Selector and arguments, or creation code.</param>
/// <param name="ValueWei">Ether that goes with it.</param>
public sealed record TransactionRequest(Address? To, ReadOnlyMemory<byte> Data, UInt128 ValueWei = default)
{
    /// <summary>Sends a call without ether.</summary>
    public static TransactionRequest Of(ContractCall call) => new(call.To, call.Data);

    /// <summary>Sends ether without a call.</summary>
    public static TransactionRequest Pay(Address to, UInt128 valueWei) => new(to, ReadOnlyMemory<byte>.Empty, valueWei);
}
