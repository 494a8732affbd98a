using System.Text.Json;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Payments;

/// <summary>
/// A consumer's promise with its signature: what a consumer hands to a provider. The channel id is not part of it, because it is always
/// recomputed (protocol §2).
/// </summary>
/// <param name="Consumer">Identity of the consumer.</param>
/// <param name="Amount">Cumulative amount promised out of the consumer channel, to everybody together, in token base units.</param>
/// <param name="Hashlock">The provider's hashlock.</param>
/// <param name="Agreement">Who is paid, and for which session.</param>
/// <param name="Signature">The consumer's signature.</param>
public sealed record SignedPromise(Address Consumer, Amount Amount, Hashlock Hashlock, Agreement Agreement, Signature Signature)
{
    /// <summary>The message that was signed.</summary>
    public ConsumerPromise ToMessage(AccountantProfile profile) =>
        new(ChannelId.OfConsumer(profile.ChannelOf(Consumer)), Amount, Hashlock, Agreement);

    /// <summary>Whether the named consumer signed it, towards this accountant.</summary>
    public bool IsSignedByConsumer(AccountantProfile profile, ICurve curve) =>
        curve.TryRecover(profile.Domain.Digest(ToMessage(profile)), Signature, out var signer) && signer == Consumer;

    /// <summary>One line of JSON, to be handed from person to person or from program to program.</summary>
    public string ToText() => PaymentText.Write(WriteTo);

    /// <summary>
    /// Reads <see cref="ToText"/>. Whether the signature is the consumer's is for <see cref="IsSignedByConsumer"/> to say.
    /// </summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static SignedPromise Parse(string text) => PaymentText.Read(text, ReadFrom);

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteString("consumer", Consumer.ToString());
        writer.WriteString("amount", Amount.ToString());
        writer.WriteString("hashlock", Hashlock.ToString());
        writer.WriteString("provider", Agreement.Provider.ToString());
        writer.WriteString("agreementId", Agreement.Id.ToString());
        writer.WriteString("agreementTotal", Agreement.Total.ToString());
        writer.WriteString("signature", Signature.ToString());
    }

    internal static SignedPromise ReadFrom(JsonElement json) => new(
        PaymentText.Address(json, "consumer"),
        PaymentText.Amount(json, "amount"),
        new Hashlock(PaymentText.Word(json, "hashlock")),
        new Agreement(
            PaymentText.Address(json, "provider"),
            new AgreementId(PaymentText.Word(json, "agreementId")),
            PaymentText.Amount(json, "agreementTotal")),
        PaymentText.Signature(json, "signature"));
}
