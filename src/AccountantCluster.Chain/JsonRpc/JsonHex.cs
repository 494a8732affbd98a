using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// Ethereum's two ways to write values in JSON: quantities ("0x1a", no leading zeros) and data ("0x", two digits a byte).
/// </summary>
internal static class JsonHex
{
    /// <summary>Writes bytes.</summary>
    public static void WriteBytes(this Utf8JsonWriter writer, ReadOnlySpan<byte> bytes) =>
        writer.WriteStringValue("0x" + Convert.ToHexStringLower(bytes));

    /// <summary>Writes a quantity as text.</summary>
    public static string Quantity(UInt128 number) => $"0x{number:x}";

    /// <summary>Writes which block is meant (EIP-1898 for a hash).</summary>
    public static void WriteBlock(this Utf8JsonWriter writer, BlockReference block)
    {
        if (block.Hash is not { } hash)
        {
            writer.WriteStringValue(block.Tag ?? "latest");
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("blockHash", hash.ToString());
        writer.WriteBoolean("requireCanonical", true);
        writer.WriteEndObject();
    }

    /// <summary>Reads bytes; false for anything else.</summary>
    public static bool TryReadBytes(JsonElement element, out ReadOnlyMemory<byte> bytes)
    {
        bytes = ReadOnlyMemory<byte>.Empty;
        if (element.ValueKind != JsonValueKind.String) return false;
        var digits = element.GetString().AsSpan();
        if (!digits.StartsWith("0x", StringComparison.Ordinal) || digits.Length % 2 != 0) return false;
        try
        {
            bytes = Convert.FromHexString(digits[2..]);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Reads bytes.</summary>
    public static ReadOnlyMemory<byte> ReadBytes(JsonElement element) =>
        TryReadBytes(element, out var bytes) ? bytes : throw Unexpected("bytes");

    /// <summary>Reads a number below 2^128.</summary>
    public static UInt128 ReadQuantity(JsonElement element)
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString().AsSpan() : [];
        return text.StartsWith("0x", StringComparison.Ordinal)
            && UInt128.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unexpected("a quantity below 2^128");
    }

    /// <summary>Reads a number below 2^64.</summary>
    public static ulong ReadUInt64(JsonElement element)
    {
        var number = ReadQuantity(element);
        return number <= ulong.MaxValue ? (ulong)number : throw Unexpected("a quantity below 2^64");
    }

    /// <summary>Reads a hash.</summary>
    public static Bytes32 ReadHash(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && Bytes32.TryParse(element.GetString(), out var hash)
            ? hash
            : throw Unexpected("a hash");

    /// <summary>Reads an address.</summary>
    public static Address ReadAddress(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && Address.TryParse(element.GetString(), out var address)
            ? address
            : throw Unexpected("an address");

    /// <summary>A field that must be there.</summary>
    public static JsonElement Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var field)
            ? field
            : throw Unexpected($"a field '{name}'");

    /// <summary>The items of what must be an array.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw Unexpected("an array");

    /// <summary>True for a field that is absent or null.</summary>
    public static bool IsNothing([NotNullWhen(false)] JsonElement? element) =>
        element is not { } value || value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    private static EthereumUnavailableException Unexpected(string what) =>
        new($"The Ethereum node's answer is not as expected: {what} is missing.");
}
