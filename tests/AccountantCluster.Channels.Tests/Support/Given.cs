using System.Buffers.Binary;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests;

/// <summary>Values that tests start from.</summary>
internal static class Given
{
    public static readonly Address Channel = AddressOf(0xc0_0000);
    public static readonly Address Alice = AddressOf(0xa1);
    public static readonly Address Bob = AddressOf(0xb0);
    public static readonly Address Carol = AddressOf(0xca);

    /// <summary>Limits that get into nobody's way.</summary>
    public static readonly ChannelPolicy Generous =
        new(Units(1_000_000), WindowLimit: 64, ProviderLimit: 64, MinimumFirstPayment: Units(1));

    public static Amount Units(UInt128 units) => new(units);

    public static Address AddressOf(uint number)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        bytes.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], number);
        return new Address(bytes);
    }

    public static VerifiedPromise Promise(
        UInt128 amount, Hashlock hashlock, Address provider, UInt128 total, ulong agreement = 1, Address? channel = null)
    {
        var address = channel ?? Channel;
        var agreed = new Agreement(provider, AgreementId.From(agreement), new Amount(total));
        return Verified(address, amount, hashlock, agreed);
    }

    public static VerifiedPromise Cover(UInt128 amount, Hashlock hashlock, Address? channel = null) =>
        Verified(channel ?? Channel, amount, hashlock, default);

    /// <summary>A registration as the accountant holds it.</summary>
    public static Opening Opening(ulong deadline, UInt128 fee = default, UInt128 registrationFee = default, UInt128 loan = default) => new(
        new RegisterIdentity(
            Channel, AddressOf(0xacc), Units(loan), Address.Zero, Units(fee), fee == 0 ? Address.Zero : AddressOf(0x3a), deadline),
        default,
        Units(registrationFee));

    // The rules take signatures as verified, so an empty one will do.
    private static VerifiedPromise Verified(Address channel, UInt128 amount, Hashlock hashlock, Agreement agreement) =>
        new(channel, channel, new ConsumerPromise(ChannelId.OfConsumer(channel), new Amount(amount), hashlock, agreement), default);
}
