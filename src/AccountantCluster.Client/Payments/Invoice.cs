using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Payments;

/// <summary>
/// What a provider asks for (paper §4.4): a promise that brings one agreement to a total, under the provider's open hashlock.
/// </summary>
/// <param name="Provider">Who is to be paid.</param>
/// <param name="AgreementId">The service session.</param>
/// <param name="AgreementTotal">Cumulative total of the session in token base units.</param>
/// <param name="Hashlock">The provider's open window.</param>
public sealed record Invoice(Address Provider, AgreementId AgreementId, Amount AgreementTotal, Hashlock Hashlock)
{
    /// <summary>One line of JSON, to be handed from person to person or from program to program.</summary>
    public string ToText() => PaymentText.Write(writer =>
    {
        writer.WriteString("provider", Provider.ToString());
        writer.WriteString("agreementId", AgreementId.ToString());
        writer.WriteString("agreementTotal", AgreementTotal.ToString());
        writer.WriteString("hashlock", Hashlock.ToString());
    });

    /// <summary>Reads <see cref="ToText"/>.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static Invoice Parse(string text) => PaymentText.Read(text, json => new Invoice(
        PaymentText.Address(json, "provider"),
        new AgreementId(PaymentText.Word(json, "agreementId")),
        PaymentText.Amount(json, "agreementTotal"),
        new Hashlock(PaymentText.Word(json, "hashlock"))));
}
