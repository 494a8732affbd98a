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
    public SignedTransaction Sign(PrivateKey key, ICurve curve) => With(curve.Sign(SigningHash(), key));

    /// <summary>The transaction as it is handed to a node, with a signature under its <see cref="SigningHash"/>.</summary>
    public SignedTransaction With(Signature signature)
    {
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

    /// <summary>
    /// Finds the signature in what somebody says are the bytes of this transaction, signed; whose it is remains to be seen. False where it
    /// is another transaction, or none.
    /// </summary>
    public bool TryReadSignature(ReadOnlySpan<byte> raw, out Signature signature)
    {
        signature = default;
        byte[] fields = [.. Fields().SelectMany(field => field)];
        // Type, and at most five bytes of the list's length; at least three items of a byte each at the end.
        var start = raw.IndexOf(fields);
        if (raw.IsEmpty || raw[0] != Type || start is < 2 or > 6) return false;
        var rest = raw[(start + fields.Length)..];
        var bytes = new byte[Signature.Length];
        if (!RlpEncoder.TryReadNumber(ref rest, bytes.AsSpan(64)) || bytes[64] > 1) return false;
        bytes[64] += 27;
        var (r, s) = (bytes.AsMemory(0, 32), bytes.AsMemory(32, 32));
        if (!RlpEncoder.TryReadNumber(ref rest, r.Span) || !RlpEncoder.TryReadNumber(ref rest, s.Span)) return false;
        // Byte for byte: nothing else stands anywhere.
        return Signature.TryParse(bytes, out signature) && raw.SequenceEqual(With(signature).Raw.Span);
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
