using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Payments;

/// <summary>Why an accountant did not accept a promise: what a provider hands back to its consumer.</summary>
/// <param name="Rejected">The consumer's promise.</param>
/// <param name="Reason">One of the closed set.</param>
/// <param name="Expected">With PROMISE_TOO_LOW: the amount that passes for the same agreement total, in token base units.</param>
/// <param name="Proof">With PROMISE_TOO_LOW: the consumer's own highest accepted promise; null where there is none.</param>
public sealed record Rejection(SignedPromise Rejected, RejectionReason Reason, Amount? Expected = null, SignedPromise? Proof = null)
{
    /// <summary>One line of JSON, to be handed from person to person or from program to program.</summary>
    public string ToText() => PaymentText.Write(writer =>
    {
        writer.WriteString("reason", Reason.ToName());
        writer.WriteStartObject("rejected");
        Rejected.WriteTo(writer);
        writer.WriteEndObject();
        if (Expected is { } expected) writer.WriteString("expected", expected.ToString());
        if (Proof is null) return;
        writer.WriteStartObject("proof");
        Proof.WriteTo(writer);
        writer.WriteEndObject();
    });

    /// <summary>Reads <see cref="ToText"/>.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Rejection Parse(string text) => PaymentText.Read(text, json => new Rejection(
        SignedPromise.ReadFrom(json.GetProperty("rejected")),
        RejectionReasonNames.TryParse(json.GetProperty("reason").GetString(), out var reason)
            ? reason
            : throw new FormatException("Not a reason."),
        json.TryGetProperty("expected", out _) ? PaymentText.Amount(json, "expected") : null,
        json.TryGetProperty("proof", out var proof) ? SignedPromise.ReadFrom(proof) : null));
}
