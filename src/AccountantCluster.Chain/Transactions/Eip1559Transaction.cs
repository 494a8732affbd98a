using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A transaction of type 2 (EIP-1559), without an access list.</summary>
/// <param name="ChainId">The chain on which alone it is valid.</param>
/// <param name="Nonce">Which transaction of its sender it is.</param>
/// <param name="MaxPriorityFeePerGasWei">What the block's builder gets on top of the base fee, at most.</param>
/// <param name="MaxFeePerGasWei">What a unit of gas may cost altogether.</param>
/// <param name="GasLimit">Gas that it may use.</param>
/// <param name="Request">What it does.</param>
public sealed record Eip1559Transaction(
    ulong ChainId,
    ulong Nonce,
    UInt128 MaxPriorityFeePerGasWei,
    UInt128 MaxFeePerGasWei,
    ulong GasLimit,
    TransactionRequest Request)
{
    private const byte Type = 2;

    /// <summary>What is signed.</summary>
    public Bytes32 SigningHash() => Keccak256.Hash([Type, .. RlpEncoder.List([.. Fields()])]);

    /// <summary>The transaction as it is handed to a node.</summary>
    public SignedTransaction Sign(PrivateKey key, ICurve curve)
    {
        var signature = curve.Sign(SigningHash(), key);
        byte[] raw =
        [
            Type,
            .. RlpEncoder.List(
            [
                .. Fields(),
                RlpEncoder.Number((uint)(signature.V - 27)),
                RlpEncoder.Trimmed(signature.R.ToArray()),
                RlpEncoder.Trimmed(signature.S.ToArray()),
            ]),
        ];
        return new SignedTransaction(Nonce, raw, Keccak256.Hash(raw));
    }

    private byte[][] Fields() =>
    [
        RlpEncoder.Number(ChainId),
        RlpEncoder.Number(Nonce),
        RlpEncoder.Number(MaxPriorityFeePerGasWei),
        RlpEncoder.Number(MaxFeePerGasWei),
        RlpEncoder.Number(GasLimit),
        RlpEncoder.Bytes(Request.To is { } to ? to.ToArray() : []),
        RlpEncoder.Number(Request.ValueWei),
        RlpEncoder.Bytes(Request.Data.Span),
        RlpEncoder.List(),
    ];
}
