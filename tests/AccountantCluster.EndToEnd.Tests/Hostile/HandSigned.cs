using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;
using Google.Protobuf;

namespace AccountantCluster.EndToEnd.Tests.Hostile;

/// <summary>Promises written to the wire by hand, so that they can be spoilt.</summary>
internal static class HandSigned
{
    /// <summary>A promise as its consumer signs it.</summary>
    public static Wire.ConsumerPromise Promise(
        AccountantProfile profile, PrivateKey consumer, Address provider, Hashlock hashlock, ulong amount, ulong total, ulong agreement, PrivateKey? signer = null)
    {
        var message = new ConsumerPromise(
            ChannelId.OfConsumer(profile.ChannelOf(consumer.Address)),
            new Amount(amount),
            hashlock,
            new Agreement(provider, AgreementId.From(agreement), new Amount(total)));
        return new Wire.ConsumerPromise
        {
            Consumer = ByteString.CopyFrom(consumer.Address.ToArray()),
            Amount = Number(amount),
            Hashlock = ByteString.CopyFrom(hashlock.Value.ToArray()),
            Provider = ByteString.CopyFrom(provider.ToArray()),
            AgreementId = Number(agreement),
            AgreementTotal = Number(total),
            Signature = ByteString.CopyFrom(Curve.Default.Sign(profile.Domain.Digest(message), signer ?? consumer).ToArray()),
        };
    }

    /// <summary>A number as it travels: big-endian, without leading zeros.</summary>
    public static ByteString Number(UInt128 number)
    {
        var bytes = new List<byte>();
        for (; number > 0; number >>= 8) bytes.Insert(0, (byte)(number & 0xff));
        return ByteString.CopyFrom([.. bytes]);
    }
}
