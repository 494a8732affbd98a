using System.Text;
using System.Text.Json;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Payments;

/// <summary>
/// Invoices and promises as one line of JSON: numbers as decimal text, the rest in hexadecimal, so that no program rounds anything.
/// </summary>
internal static class PaymentText
{
    // A rejection with its two promises has 1.2 kB.
    private const int MaxLength = 8 * 1024;

    public static string Write(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static T Read<T>(string text, Func<JsonElement, T> read)
    {
        if (text.Length > MaxLength) throw new FormatException($"Longer than {MaxLength} characters.");
        try
        {
            using var document = JsonDocument.Parse(text);
            return read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("Not the JSON object that is expected here.", problem);
        }
    }

    public static Address Address(JsonElement json, string name) => Protocol.Address.Parse(Text(json, name));

    public static Bytes32 Word(JsonElement json, string name) => Bytes32.Parse(Text(json, name));

    public static Amount Amount(JsonElement json, string name) => Protocol.Amount.Parse(Text(json, name));

    public static Signature Signature(JsonElement json, string name)
    {
        var text = Text(json, name);
        var digits = text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text;
        return Protocol.Signature.TryParse(Convert.FromHexString(digits), out var signature)
            ? signature
            : throw new FormatException("Expected 65 bytes of a canonical signature in hexadecimal.");
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"{name} is missing.");
}
