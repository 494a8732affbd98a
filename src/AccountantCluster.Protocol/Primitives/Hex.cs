namespace AccountantCluster.Protocol;

/// <summary>Hexadecimal text of a known length, with or without "0x".</summary>
internal static class Hex
{
    /// <summary>Decodes exactly <c>destination.Length</c> bytes; false when the text is anything else.</summary>
    public static bool TryDecode(string? text, Span<byte> destination)
    {
        var digits = text.AsSpan();
        if (digits.StartsWith("0x", StringComparison.Ordinal)) digits = digits[2..];
        return digits.Length == destination.Length * 2
            && Convert.FromHexString(digits, destination, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
