using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace AccountantCluster.Client.Tests.Exchange;

/// <summary>Stream and unary twin over a real connection, healthy and not.</summary>
public sealed class ExchangeClientTests : IAsyncLifetime, IDisposable
{
    private static readonly ExchangeClientOptions Options = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(50),
        ExchangeDeadline = TimeSpan.FromSeconds(30),
    };

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly HonestAccountant _accountant = new(TestWorld.Profile, TestWorld.Operator, exposureLimit: 1_000_000);
    private AccountantServer _server = null!;
    private AccountantApi _api = null!;

    public async Task InitializeAsync()
    {
        _accountant.Deposit(TestWorld.Alice.Address, 1_000_000);
        _server = await AccountantServer.StartAsync(_accountant);
        _api = new AccountantApi(_server.Endpoint, TestWorld.Profile, Options);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _api.Dispose();
        _patience.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_batch_is_answered_with_the_accountants_promise(bool stream)
    {
        await using var client = Open(stream);
        var session = await client.OpenAsync(_patience.Token);
        Assert.Equal(_accountant.Terms, session.Terms);
        Assert.Null(session.Latest.Promise);
        var answer = await client.ExchangeAsync(Batch(10), _patience.Token);
        Assert.Equal((RejectionReason.None, new Amount(10)), (answer.Promises.Single().Reason, answer.Promises[0].Credited));
        Assert.Equal((new Amount(10), TestWorld.Lock(1)), (answer.Promise!.Amount, answer.Promise.Hashlock));
        Assert.Equal(RejectionReason.AlreadyCovered, (await client.ExchangeAsync(Batch(10), _patience.Token)).Promises.Single().Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_latest_promise_comes_with_its_position_while_the_session_is_open(bool stream)
    {
        await using var client = Open(stream);
        Assert.Equal(new LatestPromise(null, null), (await client.OpenAsync(_patience.Token)).Latest);
        var answer = await client.ExchangeAsync(Batch(10), _patience.Token);
        Assert.Equal(new LatestPromise(answer.Promise, new ChainPosition(1, 0)), await client.GetLatestAsync(_patience.Token));
    }

    [Fact]
    public async Task An_accountant_that_went_back_in_time_gets_nothing_before_the_session_is_opened_anew()
    {
        await using var client = Open();
        await client.ExchangeAsync(Batch(10), _patience.Token);
        var restore = _accountant.Backup();
        await client.ExchangeAsync(Batch(20), _patience.Token);
        restore();
        _server.Told.Cut();

        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<AccountantRestoredException>(() => client.ExchangeAsync(Batch(30), _patience.Token));
        Assert.Equal(2, _server.Told.Batches.Count);
        Assert.Equal(new Amount(10), (await client.OpenAsync(_patience.Token)).Latest.Promise!.Amount);

        Assert.Equal(new Amount(30), (await client.ExchangeAsync(Batch(30), _patience.Token)).Promise!.Amount);
        // What it says then is what counts.
        _server.Told.Cut();
        Assert.Equal(new Amount(40), (await client.ExchangeAsync(Batch(40), _patience.Token)).Promise!.Amount);
    }

    [Fact]
    public async Task A_rejection_carries_what_is_expected_and_its_proof()
    {
        await using var client = Open();
        await client.ExchangeAsync(Batch(10), _patience.Token);
        var low = new ExchangeBatch([TestWorld.Promise(TestWorld.Alice, 5, 5, TestWorld.Lock(1), agreement: 2)], default);
        var result = (await client.ExchangeAsync(low, _patience.Token)).Promises.Single();
        Assert.Equal((RejectionReason.PromiseTooLow, new Amount(15)), (result.Reason, result.Expected));
        Assert.Equal(Batch(10).Promises.Single(), result.Proof);
    }

    [Fact]
    public async Task Answers_are_matched_by_number_in_whatever_order_they_come()
    {
        var first = new TaskCompletionSource();
        _server.Told.Bend = async (batch, answer) =>
        {
            // The first one is answered after the third.
            if (batch.RequestId == 1) await first.Task.WaitAsync(_patience.Token);
            if (batch.RequestId == 3) first.SetResult();
            return answer;
        };
        await using var client = Open();
        await client.OpenAsync(_patience.Token);
        var asked = new List<Task<ExchangeAnswer>>();
        foreach (ulong total in new ulong[] { 10, 20, 30 })
        {
            asked.Add(client.ExchangeAsync(Batch(total), _patience.Token));
            while (_server.Told.Batches.Count < asked.Count) await Task.Delay(1, _patience.Token);
        }
        var answers = await Task.WhenAll(asked);
        Assert.All(answers, answer => Assert.Equal(new Amount(10), answer.Promises.Single().Credited));
        Assert.Equal([new Amount(10), new Amount(20), new Amount(30)], answers.Select(answer => answer.Promise!.Amount));
    }

    [Fact]
    public async Task No_more_is_on_its_way_than_the_terms_allow()
    {
        _server.Told.Bend = async (_, answer) =>
        {
            await Task.Delay(5, _patience.Token);
            return answer;
        };
        await using var client = Open();
        await Task.WhenAll(Enumerable.Range(1, 40).Select(total => client.ExchangeAsync(Batch((ulong)total), _patience.Token)));
        Assert.InRange(_server.Told.Peak, 2, _accountant.Terms.RequestsInFlightLimit);
        Assert.Equal(new Amount(40), _accountant.ProviderOf(TestWorld.Provider.Address).Gross);
    }

    [Fact]
    public async Task What_was_not_answered_when_the_stream_broke_is_handed_in_again()
    {
        var cuts = 0;
        _server.Told.Bend = (_, answer) =>
        {
            // Done, and the answer is lost with the stream.
            if (Interlocked.Increment(ref cuts) is 2 or 5 or 6) _server.Told.Cut();
            return Task.FromResult<Wire.Answer?>(answer);
        };
        await using var client = _api.OpenStream(TestWorld.Provider);
        for (ulong total = 1; total <= 8; total++)
        {
            var answer = await client.ExchangeAsync(Batch(total), _patience.Token);
            Assert.Contains(answer.Promises.Single().Reason, new[] { RejectionReason.None, RejectionReason.AlreadyCovered });
            Assert.Equal(new Amount(total), answer.Promise!.Amount);
        }
        Assert.Equal(4, client.Connections);
        Assert.Equal(new Amount(8), _accountant.ProviderOf(TestWorld.Provider.Address).Gross);
        var repeated = _server.Told.Batches.GroupBy(batch => batch.RequestId).Where(group => group.Count() > 1).ToArray();
        Assert.Equal(3, repeated.Sum(group => group.Count() - 1));
        Assert.All(repeated, group => Assert.Single(group.Distinct()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_connection_that_is_reset_under_a_write_is_opened_again(int write)
    {
        using var channel = GrpcChannel.ForAddress(_server.Endpoint);
        var wire = new Wire.ExchangeService.ExchangeServiceClient(channel.Intercept(new ResetUnderWrite(write)));
        var signer = new SessionSigner(TestWorld.Profile, TestWorld.Provider, Options, Curve.Default, TimeProvider.System);
        await using var client = new ExchangeStreamClient(_api, wire, signer, Options, TimeProvider.System);
        Assert.Equal(new Amount(1), (await client.ExchangeAsync(Batch(1), _patience.Token)).Promise!.Amount);
        Assert.Equal(new Amount(2), (await client.ExchangeAsync(Batch(2), _patience.Token)).Promise!.Amount);
    }

    [Fact]
    public async Task An_accountant_that_was_away_is_found_again_at_the_same_place()
    {
        await using var client = _api.OpenStream(TestWorld.Provider);
        await client.ExchangeAsync(Batch(1), _patience.Token);
        await _server.DisposeAsync();
        var asked = client.ExchangeAsync(Batch(2), _patience.Token);
        await Task.Delay(50, _patience.Token);
        Assert.False(asked.IsCompleted);
        _server = await AccountantServer.StartAsync(_accountant, _server.Endpoint.Port);
        Assert.Equal(new Amount(2), (await asked).Promise!.Amount);
    }

    [Theory]
    [InlineData(RejectionReason.OutcomeUnknown, true)]
    [InlineData(RejectionReason.Overloaded, true)]
    [InlineData(RejectionReason.LimitExceeded, false)]
    public async Task What_nobody_can_say_is_asked_again(RejectionReason reason, bool stream)
    {
        var left = 3;
        _server.Told.Bend = (_, answer) => Task.FromResult<Wire.Answer?>(left-- > 0 ? Refuse(answer, reason) : answer);
        await using var client = Open(stream);
        Assert.Equal(RejectionReason.AlreadyCovered, (await client.ExchangeAsync(Batch(1), _patience.Token)).Promises.Single().Reason);
        Assert.Equal(4, _server.Told.Batches.Count);
    }

    [Fact]
    public async Task Asking_again_has_an_end()
    {
        _server.Told.Bend = (_, answer) => Task.FromResult<Wire.Answer?>(Refuse(answer, RejectionReason.OutcomeUnknown));
        await using var client = Open();
        Assert.Equal(RejectionReason.OutcomeUnknown, (await client.ExchangeAsync(Batch(1), _patience.Token)).Reason);
        Assert.Equal(Options.MaxRepetitions + 1, _server.Told.Batches.Count);
    }

    [Fact]
    public async Task An_answer_that_never_comes_ends_as_outcome_unknown()
    {
        _server.Told.Bend = (_, _) => Task.FromResult<Wire.Answer?>(null);
        using var api = new AccountantApi(_server.Endpoint, TestWorld.Profile, Options with
        {
            AnswerDeadline = TimeSpan.FromMilliseconds(100),
            ExchangeDeadline = TimeSpan.FromMilliseconds(500),
        });
        await using var client = api.OpenStream(TestWorld.Provider);
        Assert.Equal(RejectionReason.OutcomeUnknown, (await client.ExchangeAsync(Batch(1), _patience.Token)).Reason);
        // The silent connection was given up and another one tried.
        Assert.True(client.Connections > 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_that_is_refused_for_good_is_not_asked_for_again(bool stream)
    {
        _server.Told.RefuseSessions = RejectionReason.Unauthenticated;
        await using var client = Open(stream);
        var exception = await Assert.ThrowsAsync<AccountantUnavailableException>(() => client.ExchangeAsync(Batch(1), _patience.Token));
        Assert.Equal(RejectionReason.Unauthenticated, exception.Reason);
    }

    [Fact]
    public async Task Another_accountant_than_the_one_meant_is_not_talked_to()
    {
        using var api = new AccountantApi(_server.Endpoint, TestWorld.Profile with { Token = TestWorld.Alice.Address }, Options);
        await Assert.ThrowsAsync<AccountantUnavailableException>(() => api.GetTermsAsync(_patience.Token));
        await using var client = api.OpenStream(TestWorld.Provider);
        await Assert.ThrowsAsync<AccountantUnavailableException>(() => client.OpenAsync(_patience.Token));
    }

    [Fact]
    public async Task An_answer_that_breaks_the_contract_is_not_taken()
    {
        _server.Told.Bend = (_, answer) =>
        {
            answer.Promises.Clear();
            return Task.FromResult<Wire.Answer?>(answer);
        };
        await using var client = Open();
        var exception = await Assert.ThrowsAsync<AccountantUnavailableException>(() => client.ExchangeAsync(Batch(1), _patience.Token));
        Assert.Equal(RejectionReason.Malformed, exception.Reason);
    }

    [Fact]
    public async Task A_batch_above_the_limit_does_not_go_out()
    {
        await using var client = Open();
        var promise = Batch(1).Promises.Single();
        var large = new ExchangeBatch([.. Enumerable.Repeat(promise, _accountant.Terms.BatchLimit + 1)], default);
        await Assert.ThrowsAsync<ArgumentException>(() => client.ExchangeAsync(large, _patience.Token));
        Assert.Empty(_server.Told.Batches);
    }

    [Fact]
    public async Task A_second_device_goes_on_from_what_the_accountant_holds()
    {
        await using var client = Open();
        await client.ExchangeAsync(Batch(10), _patience.Token);
        var overview = await _api.GetChannelAsync(TestWorld.Alice, _patience.Token);
        Assert.Equal((new Amount(1_000_000), new Amount(10)), (overview.Consumer!.Deposited, overview.Consumer.Promised));
        using var files = new TemporaryFile();
        using var device = ConsumerAccount.Open(TestWorld.Profile, TestWorld.Alice, files.Path, StoreDurability.ProcessCrash);
        Assert.True(device.GoOnFrom(overview.Consumer.LatestPromise!));
        Assert.Equal(new Amount(10), device.Promised);
        Assert.Null((await _api.GetChannelAsync(TestWorld.Bob, _patience.Token)).Consumer);
    }

    [Fact]
    public async Task A_provider_earns_over_a_stream_that_breaks_again_and_again()
    {
        using var files = new TemporaryFile();
        var batches = 0;
        _server.Told.Bend = (_, answer) =>
        {
            if (Interlocked.Increment(ref batches) % 7 == 0) _server.Told.Cut();
            return Task.FromResult<Wire.Answer?>(answer);
        };
        var moment = TimeSpan.FromMilliseconds(50);
        var options = new ProviderOptions { WindowDuration = moment, PauseAfterFailure = moment };
        await using var provider = ProviderAccount.Open(
            TestWorld.Profile,
            TestWorld.Provider,
            files.At("provider"),
            _api.OpenStream(TestWorld.Provider),
            new FixedChain(),
            options,
            StoreDurability.ProcessCrash);
        await provider.StartAsync(_patience.Token);
        using var alice = ConsumerAccount.Open(TestWorld.Profile, TestWorld.Alice, files.At("alice"), StoreDurability.ProcessCrash);
        alice.SetDeposited(new Amount(1_000_000));
        var agreement = provider.OpenAgreement(alice.Identity);
        for (var paid = 0; paid < 40;)
        {
            var invoice = await provider.InvoiceAsync(agreement, new Amount(3), _patience.Token);
            var promise = alice.Pay(invoice, provider.Identity, new Amount(3));
            while ((await provider.ReceiveAsync(promise, _patience.Token)).Status == PaymentStatus.Late)
                promise = alice.Pay(await provider.InvoiceAgainAsync(agreement, _patience.Token), provider.Identity, Amount.Zero);
            paid++;
        }
        Assert.True(await provider.CloseSessionAsync(_patience.Token));
        Assert.Equal((new Amount(120), new Amount(120)), (provider.Status.Gross, provider.Settleable!.Amount));
        Assert.Equal(new Amount(120), _accountant.ProviderOf(provider.Identity).Revealed);
        Assert.True(_server.Told.Sessions > 3);
    }

    private IExchangeClient Open(bool stream = true) =>
        stream ? _api.OpenStream(TestWorld.Provider) : _api.OpenUnary(TestWorld.Provider);

    private static ExchangeBatch Batch(ulong total) =>
        new([TestWorld.Promise(TestWorld.Alice, total, total, TestWorld.Lock(1))], new ChainPosition(1, 0));

    private static Wire.Answer Refuse(Wire.Answer answer, RejectionReason reason)
    {
        var refused = new Wire.Answer { RequestId = answer.RequestId, Reason = (Wire.RejectionReason)reason };
        refused.Promises.AddRange(answer.Promises.Select(_ => new Wire.PromiseResult { Reason = (Wire.RejectionReason)reason }));
        return refused;
    }
}
