using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Tests.OnChain;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>A provider with a loan and consumers with deposits on a real chain, and an accountant that is nowhere.</summary>
internal sealed class WayOutScene : IDisposable
{
    private const ulong Forever = 1UL << 40;
    private const ulong Deposit = 500;

    private readonly LocalChain _chain;
    private readonly List<PrivateKey> _consumers = [];

    public WayOutScene(LocalChain chain)
    {
        _chain = chain;
        Evidence = new EvidenceBuilder(chain.Profile, Provider, TestWorld.Operator, instance: 7);
        Route = new OwnKeyRoute(chain.Client, chain.Profile, chain.Sender);
    }

    public PrivateKey Provider { get; } = PrivateKey.Generate();

    public EvidenceBuilder Evidence { get; }

    public OwnKeyRoute Route { get; }

    public ChannelReads Reads => new(_chain.Client, _chain.Profile);

    public Task LendAsync(ulong loan) =>
        new Funding(_chain.Client, _chain.Profile, _chain.Sender).IncreaseLoanAsync(Provider.Address, new Amount(loan));

    /// <summary>A registered consumer with 500 units.</summary>
    public async Task<PrivateKey> ConsumerAsync()
    {
        var key = PrivateKey.Generate();
        _consumers.Add(key);
        var funding = new Funding(_chain.Client, _chain.Profile, _chain.Sender);
        await funding.TopUpAsync(key.Address, new Amount(Deposit + LocalChain.RegistrationFee));
        await new Registration(_chain.Client, _chain.Profile).SendAsync(
            SignedRegistration.Sign(_chain.Profile, key, Forever), _chain.Sender);
        return key;
    }

    /// <summary>A consumer wants its deposit back.</summary>
    public Task RequestExitAsync(PrivateKey consumer)
    {
        var channel = _chain.Profile.ChannelOf(consumer.Address);
        var message = new RequestExit(ChannelId.OfConsumer(channel), consumer.Address, Nonce: 0, Forever);
        var signature = Curve.Default.Sign(_chain.Profile.Domain.Digest(message), consumer);
        return _chain.Sender.SendAsync(new ConsumerChannelContract(_chain.Client, channel).RequestExit(message, signature));
    }

    public ProviderRecovery Recovery(ProviderEvidence evidence, ISettlementRoute? route = null) =>
        new(_chain.Client, evidence, route ?? Route);

    public Task<Amount> ReceivedAsync() => _chain.BalanceAsync(Provider.Address);

    public void Dispose()
    {
        Provider.Dispose();
        _consumers.ForEach(key => key.Dispose());
    }
}
