using System.Text;
using System.Text.Json;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// One accountant's evidence in one file of JSON: a provider's way out where everything else is lost. Replaced as a whole, so that there
/// is always one that can be read; a crash right after a replacement may bring the one before back, which is as good as it was. Readable
/// by its owner alone: it holds no secret, but it says who paid whom.
/// </summary>
public static class EvidenceFile
{
    /// <summary>The format that this version writes, and reads.</summary>
    public const int Version = 1;

    private const string Kind = "accountant provider evidence";

    // 100,000 consumers; a file of another kind must not fill the memory.
    private const long MaxBytes = 100L * 1024 * 1024;

    /// <summary>Puts a file in place of the one that is there.</summary>
    /// <param name="path">Where; the folder must exist.</param>
    /// <param name="evidence">What it says.</param>
    /// <param name="writtenAt">When.</param>
    /// <exception cref="IOException">It cannot be written; the one before is still there.</exception>
    public static void Write(string path, ProviderEvidence evidence, DateTimeOffset writtenAt) =>
        WholeFile.Replace(path, ToBytes(evidence, writtenAt));

    /// <summary>Reads a file and verifies what it says, as far as that goes without the chain.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="curve">Verifies; the machine's fastest by default.</param>
    /// <exception cref="EvidenceException">It is no such file, or of a version that this one does not know.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredEvidence Read(string path, ICurve? curve = null)
    {
        if (new FileInfo(path).Length > MaxBytes) throw new EvidenceException($"{path} is too large for an evidence file.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, curve ?? Curve.Default);
        }
        catch (Exception problem) when (IsMalformed(problem))
        {
            throw new EvidenceException($"{path} is not a whole evidence file: {problem.Message}", problem);
        }
    }

    internal static byte[] ToBytes(ProviderEvidence evidence, DateTimeOffset writtenAt)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WriteNumber("version", Version);
            writer.WriteString("writtenAt", writtenAt.ToUniversalTime());
            writer.WriteNumber("chainId", evidence.Profile.ChainId);
            writer.WriteString("accountant", evidence.Profile.Accountant.ToString());
            writer.WriteString("registry", evidence.Profile.Registry.ToString());
            writer.WriteString("token", evidence.Profile.Token.ToString());
            writer.WriteString("consumerChannelImplementation", evidence.Profile.ConsumerChannelImplementation.ToString());
            writer.WriteString("provider", evidence.Provider.ToString());
            EvidenceJson.Write(writer, evidence);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <summary>What a parser throws at what is not what it expects.</summary>
    internal static bool IsMalformed(Exception problem) => problem
        is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or DecoderFallbackException;

    private static StoredEvidence Read(JsonElement json, ICurve curve)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("kind", out var kind) || kind.GetString() != Kind)
            throw new EvidenceException("This is no evidence file of a provider.");
        var version = json.GetProperty("version").GetInt32();
        if (version != Version)
            throw new EvidenceException($"The evidence file has version {version}, and this program reads version {Version}.");
        var profile = new AccountantProfile(
            json.GetProperty("chainId").GetUInt64(),
            PaymentText.Address(json, "accountant"),
            PaymentText.Address(json, "registry"),
            PaymentText.Address(json, "token"),
            PaymentText.Address(json, "consumerChannelImplementation"));
        var reader = new EvidenceJson(profile, PaymentText.Address(json, "provider"), curve);
        return new StoredEvidence(reader.Read(json), json.GetProperty("writtenAt").GetDateTimeOffset(), reader.Flaws);
    }
}
