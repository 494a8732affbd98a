using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>A consumer that really signs.</summary>
internal sealed class TestConsumer
{
    private readonly PrivateKey _key = Keys.Next();

    public TestConsumer()
    {
        // Not the contract's formula, but as unique: who derives the address is the edge.
        var hash = Keccak256.Hash(_key.Address.ToBytes32()).ToArray();
        Channel = new Address(hash.AsSpan(12));
    }

    public Address Identity => _key.Address;

    public Address Channel { get; }

    public VerifiedPromise Promise(UInt128 amount, Hashlock hashlock, TestProvider provider, UInt128 total, ulong agreement = 1) =>
        Sign(amount, hashlock, new Agreement(provider.Identity, AgreementId.From(agreement), new Amount(total)));

    public VerifiedPromise Cover(UInt128 amount, Hashlock hashlock) => Sign(amount, hashlock, default);

    public static ConsumerChannelFacts Deposited(UInt128 amount, ulong block = 1, UInt128 settled = default, bool exiting = false) =>
        new(block, Registered: true, new Amount(amount), new Amount(settled), exiting);

    /// <summary>Tokens at the channel's address, and nothing else there.</summary>
    public static ConsumerChannelFacts Unregistered(UInt128 tokens, UInt128 granted, ulong block = 1) =>
        new(block, Registered: false, new Amount(tokens), Amount.Zero, Exiting: false) { Granted = new Amount(granted) };

    /// <summary>A registration as the edge hands it over: what was signed does not matter behind it.</summary>
    public Opening Opening(TimeSpan validity, UInt128 fee = default) => new(
        new RegisterIdentity(
            Identity,
            Accountant.Domain.VerifyingContract,
            Amount.Zero,
            Address.Zero,
            new Amount(fee),
            fee == 0 ? Address.Zero : Identity,
            (ulong)(TimeProvider.System.GetUtcNow() + validity).ToUnixTimeSeconds()),
        Curve.Default.Sign(Keccak256.Hash("a registration"u8), _key),
        Accountant.Opening.RegistrationFee);

    private VerifiedPromise Sign(UInt128 amount, Hashlock hashlock, Agreement agreement)
    {
        var promise = new ConsumerPromise(ChannelId.OfConsumer(Channel), new Amount(amount), hashlock, agreement);
        return new VerifiedPromise(Identity, Channel, promise, Curve.Default.Sign(Accountant.Domain.Digest(promise), _key));
    }
}
