using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace AccountantCluster.Protocol.Tests.Vectors;

/// <summary>Messages under the field names of protocol §2: numbers as decimal text, bytes as "0x" and digits.</summary>
internal static class MessageJson
{
    public static JsonObject Of(ITypedMessage message) => message switch
    {
        ConsumerPromise promise => new()
        {
            ["channelId"] = Text(promise.ChannelId),
            ["amount"] = Text(promise.Amount),
            ["hashlock"] = Text(promise.Hashlock.Value),
            ["agreement"] = Of(promise.Agreement),
        },
        Agreement agreement => new()
        {
            ["provider"] = Text(agreement.Provider),
            ["agreementId"] = Number(agreement.Id.Value),
            ["agreementTotal"] = Text(agreement.Total),
        },
        ProviderPromise promise => new()
        {
            ["channelId"] = Text(promise.ChannelId),
            ["amount"] = Text(promise.Amount),
            ["hashlock"] = Text(promise.Hashlock.Value),
        },
        ExchangeSession session => new()
        {
            ["provider"] = Text(session.Provider),
            ["challenge"] = Text(session.Challenge),
            ["deadline"] = Text(session.Deadline),
        },
        SettlementFee fee => new()
        {
            ["channelId"] = Text(fee.ChannelId),
            ["totalFee"] = Text(fee.TotalFee),
            ["transactionMaker"] = Text(fee.TransactionMaker),
            ["minSettled"] = Text(fee.MinSettled),
            ["deadline"] = Text(fee.Deadline),
        },
        RegisterIdentity registration => new()
        {
            ["identity"] = Text(registration.Identity),
            ["accountant"] = Text(registration.Accountant),
            ["loan"] = Text(registration.Loan),
            ["beneficiary"] = Text(registration.Beneficiary),
            ["fee"] = Text(registration.Fee),
            ["transactionMaker"] = Text(registration.TransactionMaker),
            ["deadline"] = Text(registration.Deadline),
        },
        ReturnLoan loan => new()
        {
            ["channelId"] = Text(loan.ChannelId),
            ["totalReturned"] = Text(loan.TotalReturned),
            ["deadline"] = Text(loan.Deadline),
        },
        SetBeneficiary change => new()
        {
            ["channelId"] = Text(change.ChannelId),
            ["beneficiary"] = Text(change.Beneficiary),
            ["nonce"] = Text(change.Nonce),
            ["deadline"] = Text(change.Deadline),
        },
        RequestExit exit => new()
        {
            ["channelId"] = Text(exit.ChannelId),
            ["beneficiary"] = Text(exit.Beneficiary),
            ["nonce"] = Text(exit.Nonce),
            ["deadline"] = Text(exit.Deadline),
        },
        ConsentExit consent => new()
        {
            ["channelId"] = Text(consent.ChannelId),
            ["beneficiary"] = Text(consent.Beneficiary),
            ["amount"] = Text(consent.Amount),
            ["nonce"] = Text(consent.Nonce),
            ["deadline"] = Text(consent.Deadline),
        },
        _ => throw new ArgumentException($"No vectors for {message.GetType().Name}.", nameof(message)),
    };

    private static string Text(Bytes32 word) => word.ToString();

    private static string Text(Address address) => address.ToString();

    private static string Text(Amount amount) => amount.ToString();

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(Bytes32 word) =>
        new BigInteger(word.ToArray(), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
}
