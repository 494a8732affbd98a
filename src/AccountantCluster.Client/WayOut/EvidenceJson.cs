using System.Globalization;
using System.Text.Json;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.WayOut;

/// <summary>
/// The parts of an evidence file that prove something. Each is verified when it is read, and one that is worth nothing becomes a flaw
/// instead of stopping the others.
/// </summary>
internal sealed class EvidenceJson(AccountantProfile profile, Address provider, ICurve curve)
{
    private readonly List<EvidenceFlaw> _flaws = [];

    /// <summary>What was left out so far.</summary>
    public IReadOnlyList<EvidenceFlaw> Flaws => _flaws;

    public static void Write(Utf8JsonWriter writer, ProviderEvidence evidence)
    {
        if (evidence.Settleable is { } settleable)
        {
            writer.WriteStartObject("settleable");
            writer.WriteString("amount", settleable.Amount.ToString());
            writer.WriteString("r", settleable.R.Value.ToString());
            writer.WriteString("signature", settleable.Signature.ToString());
            writer.WriteEndObject();
        }
        writer.WriteStartArray("collectable");
        foreach (var row in evidence.Collectable)
        {
            writer.WriteStartObject();
            row.Promise.WriteTo(writer);
            writer.WriteString("r", row.R.Value.ToString());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("windows");
        foreach (var window in evidence.Windows) Write(writer, window);
        writer.WriteEndArray();
    }

    public ProviderEvidence Read(JsonElement json) => new(profile, provider)
    {
        Settleable = json.TryGetProperty("settleable", out var settleable) ? Try("settleable", () => ReadSettleable(settleable)) : null,
        Collectable = ReadAll(json, "collectable", ReadCollectable),
        Windows = ReadAll(json, "windows", ReadWindow),
    };

    private static void Write(Utf8JsonWriter writer, SecretWindow window)
    {
        writer.WriteStartObject();
        // Scripts' numbers end at 2^53.
        writer.WriteString("instance", window.Position.Instance.ToString(CultureInfo.InvariantCulture));
        writer.WriteNumber("window", window.Position.Window);
        writer.WriteString("hashlock", window.Hashlock.ToString());
        writer.WriteString("atStake", window.AtStake.ToString());
        if (window.Held is { } held)
        {
            writer.WriteStartObject("held");
            writer.WriteString("amount", held.Amount.ToString());
            writer.WriteString("signature", held.Signature.ToString());
            writer.WriteEndObject();
        }
        writer.WriteStartArray("promises");
        foreach (var promise in window.Promises)
        {
            writer.WriteStartObject();
            promise.WriteTo(writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private SettleablePromise ReadSettleable(JsonElement json)
    {
        var promise = new SettleablePromise(
            provider,
            PaymentText.Amount(json, "amount"),
            new Preimage(PaymentText.Word(json, "r")),
            PaymentText.Signature(json, "signature"));
        RequireSigned(promise.Amount, promise.R.ToHashlock(), promise.Signature);
        return promise;
    }

    private CollectablePromise ReadCollectable(string where, JsonElement json)
    {
        var row = new CollectablePromise(SignedPromise.ReadFrom(json), new Preimage(PaymentText.Word(json, "r")));
        RequireGenuine(row.Promise);
        return row.R.Opens(row.Promise.Hashlock)
            ? row
            : throw new FormatException($"R does not open the hashlock of {row.Promise.Consumer}'s promise.");
    }

    private SecretWindow ReadWindow(string where, JsonElement json)
    {
        var position = new ChainPosition(
            ulong.Parse(json.GetProperty("instance").GetString() ?? "", NumberStyles.None, CultureInfo.InvariantCulture),
            json.GetProperty("window").GetUInt32());
        if (position.Window >= ProtocolLimits.WindowsPerChain) throw new FormatException("No chain has such a window.");
        var hashlock = new Hashlock(PaymentText.Word(json, "hashlock"));
        var held = json.TryGetProperty("held", out var promise)
            ? Try($"{where}.held", () => ReadHeld(promise, hashlock, position))
            : null;
        return new SecretWindow(
            position,
            hashlock,
            held,
            ReadAll(json, "promises", (_, row) => ReadAccepted(row, hashlock), where),
            PaymentText.Amount(json, "atStake"));
    }

    private HeldPromise ReadHeld(JsonElement json, Hashlock hashlock, ChainPosition position)
    {
        var held = new HeldPromise(PaymentText.Amount(json, "amount"), hashlock, position, PaymentText.Signature(json, "signature"));
        RequireSigned(held.Amount, hashlock, held.Signature);
        return held;
    }

    private SignedPromise ReadAccepted(JsonElement json, Hashlock hashlock)
    {
        var promise = SignedPromise.ReadFrom(json);
        RequireGenuine(promise);
        return promise.Hashlock == hashlock ? promise : throw new FormatException("It is under another hashlock than its window.");
    }

    // Whose signature it is, and whether that key may sign, is for the chain to say.
    private void RequireSigned(Amount amount, Hashlock hashlock, Signature signature)
    {
        var digest = profile.Domain.Digest(new ProviderPromise(profile.ProviderChannelOf(provider), amount, hashlock));
        if (amount.IsZero || !curve.TryRecover(digest, signature, out _)) throw new FormatException("It is no signed promise.");
    }

    private void RequireGenuine(SignedPromise promise)
    {
        if (promise.Agreement.Provider != provider)
            throw new FormatException($"It is a promise of {promise.Consumer} to {promise.Agreement.Provider}, not to this provider.");
        if (promise.Amount.IsZero || !promise.IsSignedByConsumer(profile, curve))
            throw new FormatException($"It is not signed by {promise.Consumer} for this accountant on this chain.");
    }

    private List<T> ReadAll<T>(JsonElement json, string name, Func<string, JsonElement, T> read, string within = "")
        where T : class
    {
        var rows = new List<T>();
        var number = 0;
        foreach (var element in json.GetProperty(name).EnumerateArray())
        {
            var where = $"{(within.Length == 0 ? "" : within + ".")}{name}[{number++}]";
            if (Try(where, () => read(where, element)) is { } row) rows.Add(row);
        }
        return rows;
    }

    private T? Try<T>(string where, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (EvidenceFile.IsMalformed(problem) || problem is OverflowException)
        {
            _flaws.Add(new EvidenceFlaw(where, problem.Message));
            return null;
        }
    }
}
