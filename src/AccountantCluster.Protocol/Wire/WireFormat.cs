namespace AccountantCluster.Protocol;

/// <summary>
/// Fields as they travel: fixed-length bytes, and numbers big-endian in 1 to 32 bytes without leading zeros, zero being no bytes. Every
/// value has exactly one form. What is refused gets its named reason (protocol §4 rule 1).
/// </summary>
public static class WireFormat
{
    /// <summary>
    /// Reads an amount of token base units. <see cref="RejectionReason.AmountOutOfRange"/> above 2^128−1, and for zero unless
    /// <paramref name="allowZero"/>; <see cref="RejectionReason.Malformed"/> for leading zeros or more than 32 bytes.
    /// </summary>
    public static bool TryReadAmount(ReadOnlySpan<byte> bytes, bool allowZero, out Amount amount, out RejectionReason reason)
    {
        amount = default;
        reason = CheckAmount(bytes, allowZero);
        if (reason != RejectionReason.None) return false;
        foreach (var digit in bytes) amount = new Amount((amount.Units << 8) | digit);
        return true;
    }

    /// <summary>
    /// Reads an agreement id; no bytes are 0. <see cref="RejectionReason.Malformed"/> for leading zeros or more than 32 bytes.
    /// </summary>
    public static bool TryReadAgreementId(ReadOnlySpan<byte> bytes, out AgreementId id, out RejectionReason reason)
    {
        id = default;
        if (bytes.Length > Bytes32.Length || HasLeadingZero(bytes)) return Refuse(RejectionReason.Malformed, out reason);
        Span<byte> word = stackalloc byte[Bytes32.Length];
        word.Clear();
        bytes.CopyTo(word[(Bytes32.Length - bytes.Length)..]);
        id = new AgreementId(new Bytes32(word));
        return Accept(out reason);
    }

    /// <summary>Reads an address; <see cref="RejectionReason.Malformed"/> unless it has 20 bytes.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> bytes, out Address address, out RejectionReason reason)
    {
        address = default;
        if (bytes.Length != Address.Length) return Refuse(RejectionReason.Malformed, out reason);
        address = new Address(bytes);
        return Accept(out reason);
    }

    /// <summary>Reads a 32-byte word; <see cref="RejectionReason.Malformed"/> unless it has 32 bytes.</summary>
    public static bool TryReadBytes32(ReadOnlySpan<byte> bytes, out Bytes32 word, out RejectionReason reason)
    {
        word = default;
        if (bytes.Length != Bytes32.Length) return Refuse(RejectionReason.Malformed, out reason);
        word = new Bytes32(bytes);
        return Accept(out reason);
    }

    /// <summary>Reads a hashlock; <see cref="RejectionReason.Malformed"/> unless it has 32 bytes.</summary>
    public static bool TryReadHashlock(ReadOnlySpan<byte> bytes, out Hashlock hashlock, out RejectionReason reason)
    {
        var read = TryReadBytes32(bytes, out var word, out reason);
        hashlock = new Hashlock(word);
        return read;
    }

    /// <summary>Reads an R; <see cref="RejectionReason.Malformed"/> unless it has 32 bytes.</summary>
    public static bool TryReadPreimage(ReadOnlySpan<byte> bytes, out Preimage r, out RejectionReason reason)
    {
        var read = TryReadBytes32(bytes, out var word, out reason);
        r = new Preimage(word);
        return read;
    }

    /// <summary>Reads a signature; <see cref="RejectionReason.InvalidSignature"/> unless it is 65 canonical bytes.</summary>
    public static bool TryReadSignature(ReadOnlySpan<byte> bytes, out Signature signature, out RejectionReason reason) =>
        Signature.TryParse(bytes, out signature) ? Accept(out reason) : Refuse(RejectionReason.InvalidSignature, out reason);

    /// <summary>The amount as it travels.</summary>
    public static byte[] ToWire(Amount amount) => ToWire(amount.ToBytes32());

    /// <summary>The agreement id as it travels.</summary>
    public static byte[] ToWire(AgreementId id) => ToWire(id.Value);

    private static byte[] ToWire(Bytes32 number)
    {
        Span<byte> word = stackalloc byte[Bytes32.Length];
        number.CopyTo(word);
        return word.TrimStart((byte)0).ToArray();
    }

    private static RejectionReason CheckAmount(ReadOnlySpan<byte> bytes, bool allowZero)
    {
        if (bytes.Length > Bytes32.Length) return RejectionReason.Malformed;
        // A zero written out is refused as the zero it is where no zero is allowed, else as the wrong form of it.
        if (!allowZero && !bytes.ContainsAnyExcept((byte)0)) return RejectionReason.AmountOutOfRange;
        if (HasLeadingZero(bytes)) return RejectionReason.Malformed;
        return bytes.Length > Bytes32.Length / 2 ? RejectionReason.AmountOutOfRange : RejectionReason.None;
    }

    private static bool HasLeadingZero(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && bytes[0] == 0;

    private static bool Accept(out RejectionReason reason)
    {
        reason = RejectionReason.None;
        return true;
    }

    private static bool Refuse(RejectionReason why, out RejectionReason reason)
    {
        reason = why;
        return false;
    }
}
