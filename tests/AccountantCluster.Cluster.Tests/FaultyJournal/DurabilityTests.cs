using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Nothing is answered before it is durable: here the journal takes its time, and everybody waits.</summary>
public sealed class DurabilityTests(FaultyCluster faulty) : IClassFixture<FaultyCluster>
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(700);

    private readonly ClusterUnderTest _cluster = faulty.Cluster;
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();

    [Fact]
    public async Task A_consumer_channel_answers_when_the_promise_is_stored()
    {
        var asking = NewProbe();
        await _cluster.DepositAsync(_consumer, 1_000);
        var promise = _consumer.Promise(100, _provider.Hashlock(0), _provider, total: 100);

        faulty.Faults.Hold(StoreFiles.PersistenceIdOf(_consumer));
        _cluster.Consumers.Tell(new OfferPromises(_consumer.Channel, _provider.Identity, [new Offer(promise, KnownR: null)]), asking.Ref);
        // Nor does it answer another's question from what is not stored yet.
        _cluster.Consumers.Tell(new DescribeConsumerChannel(_consumer.Channel), asking.Ref);
        await asking.ExpectNoMsgAsync(Silence);
        Assert.Empty(faulty.Files.EventsOf(_consumer, "archive").OfType<ConsumerChannelEvent.PromiseAccepted>());

        faulty.Faults.Release(StoreFiles.PersistenceIdOf(_consumer));
        var offered = await asking.ExpectMsgAsync<PromisesOffered>(Accountant.Deadline);
        Assert.Equal(RejectionReason.None, offered.Outcomes[0].Reason);
        Assert.Equal(new Amount(100), (await asking.ExpectMsgAsync<ConsumerChannelDescribed>(Accountant.Deadline)).Overview.Promised);
        Assert.Single(faulty.Files.EventsOf(_consumer, "archive").OfType<ConsumerChannelEvent.PromiseAccepted>());
    }

    [Fact]
    public async Task A_provider_channel_signs_and_acknowledges_when_the_credit_is_stored()
    {
        var (asking, crediting) = (NewProbe(), NewProbe());
        var credits = new ChannelCredits(_consumer.Channel, [new(_provider.Hashlock(0), Amount.Zero, new Amount(100))]);

        faulty.Faults.Hold(StoreFiles.PersistenceIdOf(_provider));
        _cluster.Providers.Tell(new CreditAndSign(_provider.Identity, [credits], _provider.Hashlock(0), Position: null), asking.Ref);
        _cluster.Providers.Tell(new CreditAndSign(_provider.Identity, [], _provider.Hashlock(0), Position: null), crediting.Ref);
        await asking.ExpectNoMsgAsync(Silence);
        await crediting.ExpectNoMsgAsync(TimeSpan.Zero);
        Assert.Empty(faulty.Files.EventsOf(_provider, "archive"));

        faulty.Faults.Release(StoreFiles.PersistenceIdOf(_provider));
        var signed = await asking.ExpectMsgAsync<CreditedAndSigned>(Accountant.Deadline);
        Assert.True(_provider.Accepts(signed.Promise!.Value));
        Assert.Equal(signed.Promise, (await crediting.ExpectMsgAsync<CreditedAndSigned>(Accountant.Deadline)).Promise);
        var stored = Assert.Single(faulty.Files.EventsOf(_provider, "archive").OfType<ProviderChannelEvent.PromiseAuthorised>());
        Assert.Equal(signed.Promise!.Value.Promise.Amount, stored.Total.Promised);
    }

    // The kit is not disposed: that would end the system, which is the cluster's.
    private TestProbe NewProbe() => new TestKit(_cluster.System).CreateTestProbe();
}
