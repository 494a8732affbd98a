using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;
using Akka.Actor;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Whoever follows the chain grants what consumers may promise before they are registered, within the limits of all, and says what was
/// lost: on a real chain, with real channels.
/// </summary>
public sealed class GrantedOpeningTests(ObservedChain chain) : IClassFixture<ObservedChain>, IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Validity = TimeSpan.FromHours(2);

    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly ConcurrentDictionary<string, double> _gauges = new();
    private readonly MeterListener _listener = new();
    private long _failed;
    private ClusterUnderTest _cluster = null!;
    private IActorRef _observer = null!;

    public async Task InitializeAsync()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (chain.Metrics.Owns(instrument)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _gauges[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "accountant.openings.failed") Interlocked.Add(ref _failed, value);
        });
        _listener.Start();
        _cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        _observer = Start();
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Tokens_in_a_confirmed_block_are_granted_on_and_a_mined_registration_takes_over()
    {
        using var consumer = PrivateKey.Generate();
        var (channel, opening) = (await chain.ChannelOfAsync(consumer), await HoldAsync(consumer, fee: 10));
        Assert.Equal(Amount.Zero, (await DescribeAsync(channel)).Deposited);
        await chain.DepositAsync(channel, 1_000);
        await SpendableAsync(channel, 50);
        Assert.Equal(RejectionReason.None, await PayAsync(consumer, channel, 40));
        await GaugeAsync("accountant.openings.exposure", 40);
        await GaugeAsync("accountant.openings.standing", 1);

        // Whoever takes over knows of it.
        await _observer.GracefulStop(Patience);
        _observer = Start();
        await chain.SendAsync(opening);
        await SpendableAsync(channel, 990);
        await GaugeAsync("accountant.openings.standing", 0);
        Assert.Equal(0, Interlocked.Read(ref _failed));
        var state = await Eventually.BecomesAsync(AskAsync, known => known.Openings.Openings.IsEmpty);
        Assert.Equal(consumer.Address, state.Consumers[channel]);
    }

    [Fact]
    public async Task A_competing_registration_costs_what_was_promised_and_counts_against_the_limit_of_all()
    {
        using var thief = PrivateKey.Generate();
        var channel = await chain.ChannelOfAsync(thief);
        await chain.DepositAsync(channel, 1_000);
        await HoldAsync(thief);
        await SpendableAsync(channel, 50);
        Assert.Equal(RejectionReason.None, await PayAsync(thief, channel, 45));

        await chain.SendAsync(chain.OpeningOf(thief, await DeadlineAsync(), fee: 1_000));
        await SpendableAsync(channel, 0);
        await GaugeAsync("accountant.openings.lost", 45);
        await GaugeAsync("accountant.openings.taken_up", 45);
        Assert.Equal(1, Interlocked.Read(ref _failed));
        Assert.Equal(RejectionReason.Overspend, await PayAsync(thief, channel, 46));

        // Of 100 in all, 45 are gone: there is room for one more, and not for two.
        using var first = PrivateKey.Generate();
        using var second = PrivateKey.Generate();
        var (one, other) = (await chain.ChannelOfAsync(first), await chain.ChannelOfAsync(second));
        await chain.DepositAsync(one, 1_000);
        await chain.DepositAsync(other, 1_000);
        await HoldAsync(first);
        await SpendableAsync(one, 50);
        var held = await HoldAsync(second);
        await chain.MineAsync(3);
        await GaugeAsync("accountant.openings.taken_up", 95);
        Assert.Equal(Amount.Zero, (await DescribeAsync(other)).Deposited);
        // One that is over makes room: somebody registered as promised.
        await chain.SendAsync(chain.OpeningOf(first, await DeadlineAsync()));
        await SpendableAsync(one, 1_000);
        await SpendableAsync(other, 50);
        Assert.Equal(held, (await AskAsync()).Openings.Openings[other].Opening);
    }

    [Fact]
    public async Task When_its_time_is_over_nothing_is_granted_any_more_and_what_was_promised_is_lost_until_it_is_registered()
    {
        using var consumer = PrivateKey.Generate();
        var channel = await chain.ChannelOfAsync(consumer);
        await chain.DepositAsync(channel, 1_000);
        await HoldAsync(consumer);
        await SpendableAsync(channel, 50);
        Assert.Equal(RejectionReason.None, await PayAsync(consumer, channel, 20));

        await chain.PassAsync(Validity);
        await SpendableAsync(channel, 0);
        await GaugeAsync("accountant.openings.lost", 20);
        Assert.Equal(RejectionReason.UnknownChannel, await PayAsync(consumer, channel, 21));
        Assert.Equal(RejectionReason.AlreadyCovered, await PayAsync(consumer, channel, 20));

        await chain.SendAsync(chain.OpeningOf(consumer, await chain.TimeAsync() + 3_600));
        await SpendableAsync(channel, 1_000);
        await GaugeAsync("accountant.openings.lost", 0);
    }

    // By the later of both clocks: tests move the chain's.
    private async Task<ulong> DeadlineAsync() =>
        ulong.Max(await chain.TimeAsync(), (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) + (ulong)Validity.TotalSeconds;

    // The way of the reports on a node with the role, without the seconds between two of them.
    private async Task<Opening> HoldAsync(PrivateKey consumer, UInt128 fee = default)
    {
        var opening = chain.OpeningOf(consumer, await DeadlineAsync(), fee);
        var answer = await _cluster.Openings.HoldAsync(await chain.ChannelOfAsync(consumer), opening, Accountant.Deadline, default);
        Assert.Equal(RejectionReason.None, answer.Reason);
        _observer.Tell(new OpeningsReported([.. _cluster.Reports.Openings.Take()]));
        return opening;
    }

    private async Task<RejectionReason> PayAsync(PrivateKey consumer, Address channel, UInt128 total)
    {
        var agreement = new Agreement(_provider.Identity, AgreementId.From(1), new Amount(total));
        var promise = new ConsumerPromise(ChannelId.OfConsumer(channel), new Amount(total), _provider.Hashlock(0), agreement);
        var signature = Curve.Default.Sign(Accountant.Domain.Digest(promise), consumer);
        var verified = new VerifiedPromise(consumer.Address, channel, promise, signature);
        return (await _cluster.ExchangeAsync(_provider.Batch(verified))).Promises[0].Reason;
    }

    private async Task<ConsumerOverview> DescribeAsync(Address channel) =>
        await _cluster.Exchange.GetConsumerAsync(channel, Accountant.Deadline, default) ?? throw new TimeoutException();

    private async Task SpendableAsync(Address channel, UInt128 amount) =>
        await Eventually.BecomesAsync(() => DescribeAsync(channel), overview => overview.Deposited == new Amount(amount));

    private async Task GaugeAsync(string name, double value) => await Eventually.BecomesAsync(
        () =>
        {
            _listener.RecordObservableInstruments();
            return Task.FromResult(_gauges.GetValueOrDefault(name, double.NaN));
        },
        known => known == value);

    private Task<ObserverState> AskAsync() => _observer.Ask<ObserverState>(DescribeObserver.Instance, Patience);

    private IActorRef Start()
    {
        var options = new SettlementOptions { Confirmations = 0, ObserveInterval = TimeSpan.FromMilliseconds(50) };
        return _cluster.System.ActorOf(chain.ObserverActor(_cluster.Facts, options, _cluster.Metrics));
    }
}
