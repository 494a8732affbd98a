using AccountantCluster.Protocol;
using Google.Protobuf;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>Promises as consumers sign them, written by hand here so that the edge's own writer is not its judge.</summary>
internal static class Promises
{
    public static readonly Preimage R = new(TestKeys.Word("R"));
    public static readonly Hashlock Lock = R.ToHashlock();

    public static Address ChannelOf(PrivateKey consumer) => ConsumerChannelAddress.Predict(
        TestTerms.Terms.Registry,
        TestTerms.Terms.ConsumerChannelImplementation,
        consumer.Address,
        TestTerms.Terms.Accountant,
        TestTerms.Terms.Token);

    public static Wire.ConsumerPromise Sign(
        PrivateKey consumer, ulong amount = 100, ulong total = 100, ulong agreement = 1, PrivateKey? provider = null) =>
        Sign(consumer, amount, new Agreement((provider ?? TestKeys.Provider).Address, AgreementId.From(agreement), new Amount(total)));

    /// <summary>A promise for no provider (protocol §4 rule 6).</summary>
    public static Wire.ConsumerPromise SignCover(PrivateKey consumer, ulong amount) => Sign(consumer, amount, default(Agreement));

    public static ByteString Number(UInt128 number)
    {
        var bytes = new List<byte>();
        for (; number > 0; number >>= 8) bytes.Insert(0, (byte)(number & 0xff));
        return ByteString.CopyFrom([.. bytes]);
    }

    public static Wire.ConsumerPromise Sign(PrivateKey consumer, UInt128 amount, Agreement agreement)
    {
        var promise = new ConsumerPromise(ChannelId.OfConsumer(ChannelOf(consumer)), new Amount(amount), Lock, agreement);
        return new Wire.ConsumerPromise
        {
            Consumer = ByteString.CopyFrom(consumer.Address.ToArray()),
            Amount = Number(amount),
            Hashlock = ByteString.CopyFrom(Lock.Value.ToArray()),
            Provider = ByteString.CopyFrom(agreement.Provider.ToArray()),
            AgreementId = Number(ToNumber(agreement.Id)),
            AgreementTotal = Number(agreement.Total.Units),
            Signature = ByteString.CopyFrom(Curve.Default.Sign(TestTerms.Domain.Digest(promise), consumer).ToArray()),
        };
    }

    private static UInt128 ToNumber(AgreementId id) =>
        id.Value.TryToUInt128(out var number) ? number : throw new ArgumentOutOfRangeException(nameof(id));
}
