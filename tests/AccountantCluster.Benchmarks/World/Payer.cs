using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.World;

/// <summary>A consumer of one provider, who pays one unit at a time.</summary>
internal sealed class Payer(int number)
{
    private const int FirstKey = 1_000_000;

    private readonly PrivateKey _key = BenchmarkAccountant.Key(FirstKey + number);
    private ulong _paid;
    private Address? _channel;

    public Address Identity => _key.Address;

    public Address Channel => _channel ??= BenchmarkAccountant.Profile.ChannelOf(Identity);

    public VerifiedPromise Pay(Address provider, Hashlock hashlock)
    {
        var total = new Amount(++_paid);
        var promise = new ConsumerPromise(
            ChannelId.OfConsumer(Channel), total, hashlock, new Agreement(provider, AgreementId.From(1), total));
        return new VerifiedPromise(Identity, Channel, promise, Curve.Default.Sign(BenchmarkAccountant.Domain.Digest(promise), _key));
    }
}
