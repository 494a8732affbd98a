using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// What every signer does, over a real journal: one that holds the key itself, and the cluster's own, asked as channels ask it.
/// </summary>
public sealed class OperatorSignerTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestProvider _provider = new();
    private readonly TestConsumer _consumer = new();
    private ClusterUnderTest _cluster = null!;
    private JournalChannels _channels = null!;

    public enum Kind
    {
        /// <summary>In this process, with an empty memory.</summary>
        Here,

        /// <summary>Where the cluster has it; it has signed what the channels asked for.</summary>
        Elsewhere,
    }

    private StoreFiles Files => new(_folder.Path);

    private string ProviderId => StoreFiles.PersistenceIdOf(_provider);

    public async Task InitializeAsync()
    {
        _cluster = await ClusterUnderTest.StartAsync(_folder.Path);
        await _cluster.DepositAsync(_consumer, 100_000);
        _channels = new JournalChannels(_cluster.System);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        _channels.Dispose();
        await _cluster.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Kind.Here)]
    [InlineData(Kind.Elsewhere)]
    public async Task What_the_journal_authorises_is_signed_and_again_the_same(Kind kind)
    {
        var signer = Signer(kind);
        var answered = await PayAsync(0, total: 100);
        var (total, number) = Authorised();
        for (var time = 0; time < 2; time++) Assert.Equal(answered, await signer.SignAsync(_provider.Identity, total, number));
        Assert.True(_provider.Accepts(answered));
    }

    [Theory]
    [InlineData(Kind.Here)]
    [InlineData(Kind.Elsewhere)]
    public async Task What_it_does_not_hold_is_refused(Kind kind)
    {
        var signer = Signer(kind);
        await PayAsync(0, total: 100);
        var (total, number) = Authorised();
        foreach (var other in new[]
        {
            total with { Promised = total.Promised + new Amount(1) },
            total with { Gross = total.Gross + new Amount(1), Promised = total.Promised + new Amount(1) },
            total with { Hashlock = _provider.Hashlock(1) },
            total with { Position = new ChainPosition(7, 0) },
        })
            Assert.Null(await signer.SignAsync(_provider.Identity, other, number));
        Assert.Null(await signer.SignAsync(_provider.Identity, total, number - 1));
        // Whoever else's, there is no such event.
        await Assert.ThrowsAnyAsync<Exception>(() => signer.SignAsync(new TestProvider().Identity, total, number));
        await Assert.ThrowsAnyAsync<Exception>(() => signer.SignAsync(_provider.Identity, total, number + 1));
        Assert.NotNull(await signer.SignAsync(_provider.Identity, total, number));
    }

    [Theory]
    [InlineData(Kind.Here)]
    [InlineData(Kind.Elsewhere)]
    public async Task A_lower_total_is_never_signed_though_the_journal_authorised_it_once(Kind kind)
    {
        var signer = Signer(kind);
        await PayAsync(0, total: 100);
        var lower = Authorised();
        await PayAsync(1, total: 200);
        var (total, number) = Authorised();

        Assert.NotNull(await signer.SignAsync(_provider.Identity, total, number));
        Assert.Null(await signer.SignAsync(_provider.Identity, lower.Total, lower.Number));
        Assert.NotNull(await signer.SignAsync(_provider.Identity, total, number));
    }

    [Fact]
    public async Task What_somebody_wrote_into_the_journal_against_the_rules_is_refused()
    {
        await PayAsync(0, total: 100);
        var (total, number) = Authorised();
        var more = total with { Gross = new Amount(1_000), Promised = new Amount(975) };
        var bytes = MessageFormats.Of(typeof(ProviderChannelEvent.PromiseAuthorised))
            .Write(new ProviderChannelEvent.PromiseAuthorised(more, IsRevealed: false));
        Files.Execute(
            $"UPDATE journal SET message = x'{Convert.ToHexString(Google.Protobuf.MessageExtensions.ToByteArray(bytes))}' "
            + $"WHERE persistence_id = '{ProviderId}' AND sequence_number = {number}");

        var signer = Signer(Kind.Here);
        Assert.Null(await signer.SignAsync(_provider.Identity, more, number));
        Assert.Null(await signer.SignAsync(_provider.Identity, total, number));
    }

    [Fact]
    public async Task Books_that_go_on_differently_after_a_restore_are_read_again()
    {
        await PayAsync(0, total: 100);
        var signer = Signer(Kind.Here);
        var (total, number) = Authorised();
        Assert.NotNull(await signer.SignAsync(_provider.Identity, total, number));

        // As if a backup from before had been put in its place, and somebody else had paid since.
        var other = new TestConsumer();
        await _cluster.DepositAsync(other, 1_000);
        _cluster.System.ActorSelection($"/system/sharding/provider-channel/*/{_provider.Identity.ToString()[2..]}").Tell(Kill.Instance);
        await Eventually.BecomesAsync(() => Entities.CountAsync(_cluster.Providers), awake => awake == 0);
        Files.Execute($"DELETE FROM journal WHERE persistence_id = '{ProviderId}'");
        for (var window = 0U; window < 3; window++)
        {
            UInt128 paid = (window + 2) * 100;
            var answer = await _cluster.ExchangeAsync(_provider.Batch(other.Promise(paid, _provider.Hashlock(window), _provider, paid)));
            Assert.Equal(RejectionReason.None, answer.Promises[0].Reason);
        }
        (total, number) = Authorised();
        Assert.NotNull(await signer.SignAsync(_provider.Identity, total, number));
    }

    [Fact]
    public async Task A_hole_in_the_journal_ends_all_signing()
    {
        await PayAsync(0, total: 100);
        await PayAsync(1, total: 200);
        var (total, number) = Authorised();
        Files.Execute($"DELETE FROM journal WHERE persistence_id = '{ProviderId}' AND sequence_number = {number - 2}");

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Signer(Kind.Here).SignAsync(_provider.Identity, total, number));
        Assert.Contains("has nothing between its events", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Totals_that_rise_in_the_order_of_the_calls_are_all_signed()
    {
        var totals = new List<(SignedTotal Total, long Number)>();
        for (var window = 0U; window < 20; window++)
        {
            await PayAsync(window, total: (window + 1) * 100);
            totals.Add(Authorised());
        }

        var signer = Signer(Kind.Here);
        var signed = await Task.WhenAll(totals.Select(asked => signer.SignAsync(_provider.Identity, asked.Total, asked.Number)));
        Assert.All(signed, promise => Assert.True(_provider.Accepts(promise!.Value)));
    }

    [Fact]
    public async Task It_begins_with_the_newest_snapshot()
    {
        var window = 0U;
        for (; Files.ReadSnapshots(ProviderId).Count == 0; window++)
        {
            Assert.True(window < ClusterLimits.ProviderEventsPerSnapshot, "No snapshot was taken.");
            await PayAsync(window, total: (window + 1) * 10);
        }
        var promise = await PayAsync(window, total: (window + 1) * 10);
        var (total, number) = Authorised();
        // Without what is in the snapshot, as it is once there are more of them.
        Files.Execute($"DELETE FROM journal WHERE persistence_id = '{ProviderId}' AND sequence_number < 10");

        Assert.Equal(promise, await Signer(Kind.Here).SignAsync(_provider.Identity, total, number));
    }

    [Theory]
    [InlineData(Kind.Here)]
    [InlineData(Kind.Elsewhere)]
    public async Task An_exit_is_signed_where_its_amount_is_off_deposited(Kind kind)
    {
        var signer = Signer(kind);
        var deadline = (ulong)TimeProvider.System.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        var consent = new ExitConsent(_provider.Identity, new Amount(700), Nonce: 0, deadline);
        var answer = await _cluster.Exits.ConsentAsync(_consumer.Channel, consent, Accountant.Deadline, default);
        var number = Files.Read("journal", StoreFiles.PersistenceIdOf(_consumer))[^1].Number;

        Assert.Equal(answer.Signature, await signer.SignAsync(_consumer.Channel, consent, number));
        Assert.Null(await signer.SignAsync(_consumer.Channel, consent with { Amount = new Amount(701) }, number));
        Assert.Null(await signer.SignAsync(_consumer.Channel, consent, number - 1));
        await Assert.ThrowsAnyAsync<Exception>(() => signer.SignAsync(new TestConsumer().Channel, consent, number));
    }

    private IPromiseSigner Signer(Kind kind) => kind == Kind.Elsewhere
        ? new SignerGateway(ActorRegistry.For(_cluster.System).Get<SigningActor>())
        : new OperatorSigner(
            new SigningKey(Accountant.Domain, Accountant.OperatorKey, new TransientTotals()),
            _channels,
            Curve.Default,
            _cluster.Metrics,
            NullLogger<OperatorSigner>.Instance);

    private async Task<Exchange.SignedProviderPromise> PayAsync(uint window, UInt128 total)
    {
        var answer = await _cluster.ExchangeAsync(
            _provider.Batch(_consumer.Promise(total, _provider.Hashlock(window), _provider, total)));
        Assert.Equal(RejectionReason.None, answer.Promises[0].Reason);
        return Assert.NotNull(answer.Promise);
    }

    // What the journal authorised last, and its number.
    private (SignedTotal Total, long Number) Authorised()
    {
        var (number, @event) = Files.Read("journal", ProviderId)[^1];
        return (Assert.IsType<ProviderChannelEvent.PromiseAuthorised>(@event).Total, number);
    }
}
