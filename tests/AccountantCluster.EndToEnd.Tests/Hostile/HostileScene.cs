using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.Accountants;
using AccountantCluster.EndToEnd.Tests.Journal;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Hostile;

/// <summary>
/// A node with one honest payment in its journal, and everybody who is needed to attack it. What is stored is compared with what was stored
/// when the scene began, after every attack and once more when the node is dead, so that what is written late is seen too.
/// </summary>
public sealed class HostileScene : IAsyncLifetime
{
    internal const ulong Deposit = 5_000_000;

    private const ulong HonestPayment = 100;

    // The highest agreement id so far, so that no attack fails for its age.
    private const ulong AttackersAgreement = 7;

    private DemoConsumer _known = null!;
    private int _nodeId;
    private string _stored = "";

    internal static ulong AboveExposureLimit => (ulong)DemoScale.ExposureLimit.Units + 1;

    internal LiveNetwork Network { get; } = new();

    /// <summary>A consumer who has paid, so that the node knows its key.</summary>
    internal PrivateKey Known => _known.Party.Key;

    /// <summary>A registered consumer whom the node has not seen.</summary>
    internal DemoConsumer Fresh { get; private set; } = null!;

    /// <summary>Nobody's customer.</summary>
    internal PrivateKey Stranger { get; } = PrivateKey.Generate();

    /// <summary>Who hands everything in.</summary>
    internal DemoParty Provider { get; private set; } = null!;

    /// <summary>Another provider.</summary>
    internal DemoParty Other { get; private set; } = null!;

    /// <summary>An open stream of the provider, the same one for all attacks that must leave it open.</summary>
    internal RawStream Stream { get; private set; } = null!;

    internal Hashlock Hashlock { get; } = new Preimage(Keccak256.Hash("a provider's R"u8)).ToHashlock();

    public async Task InitializeAsync()
    {
        await Network.InitializeAsync();
        (Provider, Other) = (new DemoParty("provider", Network.Chain.Profile), new DemoParty("another provider", Network.Chain.Profile));
        var consumers = await Network.AddConsumersAsync(2, new Amount(Deposit));
        (_known, Fresh) = (consumers[0], consumers[1]);
        Stream = await Network.OpenStreamAsync(Provider.Key);
        await PayHonestlyAsync();
        _nodeId = Network.Node.Id;
    }

    public async Task DisposeAsync()
    {
        await Stream.DisposeAsync();
        await Network.KillNodeAsync();
        var stored = StoredJournal.Extent(Network.Storage);
        foreach (var party in (DemoParty[])[Provider, Other]) party.Dispose();
        foreach (var consumer in (DemoConsumer[])[_known, Fresh]) consumer.Dispose();
        Stranger.Dispose();
        await Network.DisposeAsync();
        Assert.Equal(_stored, stored);
    }

    /// <summary>A promise to the provider that would pass if the amounts were right.</summary>
    internal Wire.ConsumerPromise Promise(PrivateKey consumer, ulong amount, ulong total, PrivateKey? signer = null) =>
        HandSigned.Promise(Network.Chain.Profile, consumer, Provider.Identity, Hashlock, amount, total, AttackersAgreement, signer);

    /// <summary>The one that passed.</summary>
    internal Wire.ConsumerPromise HonestPromise() =>
        HandSigned.Promise(Network.Chain.Profile, Known, Provider.Identity, Hashlock, HonestPayment, HonestPayment, agreement: 1);

    /// <summary>A good promise to the other provider.</summary>
    internal Wire.ConsumerPromise Intercepted() =>
        HandSigned.Promise(Network.Chain.Profile, Known, Other.Identity, Hashlock, amount: 200, total: 100, AttackersAgreement);

    /// <summary>A good promise, if this were the next chain.</summary>
    internal Wire.ConsumerPromise PromiseElsewhere()
    {
        var here = Network.Chain.Profile;
        var elsewhere = new AccountantProfile(
            here.ChainId + 1, here.Accountant, here.Registry, here.Token, here.ConsumerChannelImplementation);
        return HandSigned.Promise(elsewhere, Known, Provider.Identity, Hashlock, amount: 200, total: 100, AttackersAgreement);
    }

    /// <summary>The session of the provider for a unary call, with a challenge of its own.</summary>
    internal async Task<Wire.Session> NewSessionAsync()
    {
        var client = new Wire.ExchangeService.ExchangeServiceClient(Network.Channel);
        var challenge = (await client.CreateChallengeAsync(new Wire.CreateChallengeRequest())).Challenge;
        return Sessions.Sign(Network.Chain.Profile, Provider.Identity, Provider.Key, challenge, Sessions.Soon);
    }

    /// <summary>The unary twin of the stream.</summary>
    internal async Task<Wire.Answer> ExchangeAsync(Wire.Batch batch)
    {
        var client = new Wire.ExchangeService.ExchangeServiceClient(Network.Channel);
        return (await client.ExchangeAsync(new Wire.ExchangeRequest { Session = await NewSessionAsync(), Batch = batch })).Answer;
    }

    /// <summary>The same process runs and answers, and its journal is as it was.</summary>
    internal async Task MustBeUnmovedAsync()
    {
        Network.MustAnswerItself();
        Assert.Equal(_nodeId, Network.Node.Id);
        await Network.Api.GetTermsAsync().WithinAsync(Network, "the node answers after an attack");
        Assert.Equal(_stored, StoredJournal.Extent(Network.Storage));
    }

    // Between two bad ones: a neighbour hurts nobody.
    private async Task PayHonestlyAsync()
    {
        var batch = new Wire.Batch { RequestId = 1 };
        batch.Promises.Add(Promise(Stranger, HonestPayment, HonestPayment));
        batch.Promises.Add(HonestPromise());
        batch.Promises.Add(Intercepted());
        var answer = await Stream.ExchangeAsync(batch);
        Assert.Equal(
            [Wire.RejectionReason.UnknownChannel, Wire.RejectionReason.Unspecified, Wire.RejectionReason.WrongProvider],
            answer.Promises.Select(result => result.Reason));
        Assert.Equal(HandSigned.Number(HonestPayment - (ulong)DemoFee.On(new Amount(HonestPayment)).Units), answer.Promise.Amount);
        _stored = StoredJournal.Extent(Network.Storage);
    }
}
