using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Output;

/// <summary>
/// How this program writes and reads JSON: amounts as decimal strings, because scripts' numbers end at 2^53; bytes as "0x" and hexadecimal
/// digits.
/// </summary>
internal static class JsonText
{
    /// <summary>For results: one line.</summary>
    public static JsonSerializerOptions Line { get; } = Options(indented: false);

    /// <summary>For files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Options(indented: true);

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        WriteIndented = indented,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new TextConverter<Address>(Address.Parse, value => value.ToChecksumString()),
            new TextConverter<Amount>(Amount.Parse, value => value.ToString()),
            new TextConverter<Bytes32>(Bytes32.Parse, value => value.ToString()),
        },
    };

    private sealed class TextConverter<T>(Func<string, T> parse, Func<T, string> format) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return parse(reader.GetString() ?? "");
            }
            catch (Exception problem) when (problem is FormatException or InvalidOperationException)
            {
                throw new JsonException(problem.Message, problem);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(format(value));
    }
}
