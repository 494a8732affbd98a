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

    private VerifiedPromise Sign(UInt128 amount, Hashlock hashlock, Agreement agreement)
    {
        var promise = new ConsumerPromise(ChannelId.OfConsumer(Channel), new Amount(amount), hashlock, agreement);
        return new VerifiedPromise(Identity, Channel, promise, Curve.Default.Sign(Accountant.Domain.Digest(promise), _key));
    }
}
