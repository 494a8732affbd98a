using System.Text;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>An accountant that exists nowhere, and keys that are the same in every run.</summary>
internal static class TestWorld
{
    public static AccountantProfile Profile { get; } = new(31337, Named(1), Named(2), Named(3), Named(4));

    /// <summary>Another accountant of the same registry.</summary>
    public static AccountantProfile OtherProfile { get; } = Profile with { Accountant = Named(5) };

    public static PrivateKey Operator { get; } = Key("operator");

    public static PrivateKey Alice { get; } = Key("alice");

    public static PrivateKey Bob { get; } = Key("bob");

    public static PrivateKey Provider { get; } = Key("provider");

    public static PrivateKey OtherProvider { get; } = Key("other provider");

    public static PrivateKey Key(string name) => new(Keccak256.Hash(Encoding.UTF8.GetBytes("client test key: " + name)).ToArray());

    public static Hashlock Lock(ulong number) => new Preimage(Bytes32.FromUInt128(number)).ToHashlock();

    public static Invoice Invoice(ulong total, ulong agreement = 1, ulong hashlock = 1, PrivateKey? provider = null) =>
        new((provider ?? Provider).Address, AgreementId.From(agreement), new Amount(total), Lock(hashlock));

    public static SignedPromise Promise(
        PrivateKey consumer, ulong amount, ulong total, Hashlock hashlock, ulong agreement = 1, PrivateKey? provider = null)
    {
        var message = new ConsumerPromise(
            ChannelId.OfConsumer(Profile.ChannelOf(consumer.Address)),
            new Amount(amount),
            hashlock,
            new Agreement((provider ?? Provider).Address, AgreementId.From(agreement), new Amount(total)));
        var signature = Curve.Default.Sign(Profile.Domain.Digest(message), consumer);
        return new SignedPromise(consumer.Address, message.Amount, hashlock, message.Agreement, signature);
    }

    private static Address Named(byte number)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        bytes.Fill(number);
        return new Address(bytes);
    }
}
