using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>A whole provider and whole consumers, against the product's own channel rules.</summary>
public sealed class ProviderAccountTests : IAsyncLifetime, IDisposable
{
    private const ushort FeeBasisPoints = 250;

    private readonly TemporaryFile _files = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));
    private readonly HonestAccountant _accountant = new(TestWorld.Profile, TestWorld.Operator, FeeBasisPoints);
    private readonly FixedChain _chain = new(FeeBasisPoints);
    private readonly List<ConsumerAccount> _consumers = [];
    private InProcessExchange _exchange;
    private ProviderAccount _provider;

    public ProviderAccountTests()
    {
        _accountant.Deposit(TestWorld.Alice.Address, 1_000_000);
        _accountant.Deposit(TestWorld.Bob.Address, 1_000_000);
        (_exchange, _provider) = Open();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    public void Dispose()
    {
        foreach (var consumer in _consumers) consumer.Dispose();
        _files.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Payments_of_many_consumers_are_exchanged_revealed_and_can_be_settled()
    {
        await _provider.StartAsync(_patience.Token);
        var payers = Enumerable.Range(0, 6).Select(number =>
        {
            var key = TestWorld.Key($"payer {number}");
            _accountant.Deposit(key.Address, 100_000);
            return Consumer(key);
        });
        await Task.WhenAll(payers.Select(payer => Task.Run(() => PayAsync(payer, times: 30, amount: 40))));
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));

        var gross = new Amount(6 * 30 * 40);
        var net = new Amount(gross.Units - (gross.Units * FeeBasisPoints / 10_000));
        var status = _provider.Status;
        Assert.Equal((gross, net, net, net), (status.Gross, status.Owed, status.Promised, status.Settleable));
        Assert.Equal((0, ProviderProblem.None), (status.Unanswered, status.Problem));
        var settleable = _provider.Settleable!;
        Assert.Equal(net, settleable.Amount);
        AssertOpens(settleable);
        // The accountant knows every R it needs to collect.
        Assert.Equal(gross, _accountant.ProviderOf(TestWorld.Provider.Address).Revealed);
        Assert.Equal(6, _provider.Evidence.Count);
        Assert.All(_provider.Evidence, evidence => Assert.True(evidence.R.Opens(evidence.Promise.Hashlock)));
    }

    [Fact]
    public async Task Every_window_reveals_the_one_before_without_a_message_of_its_own()
    {
        await _provider.StartAsync(_patience.Token);
        var alice = Consumer(TestWorld.Alice);
        // Each payment is more than half of E, so that its window closes at once.
        await PayAsync(alice, times: 12, amount: 600);
        var state = _accountant.ProviderOf(TestWorld.Provider.Address);
        Assert.Equal(new Amount(12 * 600), state.Gross);
        Assert.True(state.Revealed >= new Amount(11 * 600));
        Assert.All(_exchange.Batches.Where(batch => batch.Promises.Count > 0), batch => Assert.Null(batch.Reveals));
    }

    [Fact]
    public async Task A_repeated_promise_is_accepted_once()
    {
        await _provider.StartAsync(_patience.Token);
        var (alice, agreement) = (Consumer(TestWorld.Alice), _provider.OpenAgreement(TestWorld.Alice.Address));
        var invoice = await _provider.InvoiceAsync(agreement, new Amount(10), _patience.Token);
        var promise = alice.Pay(invoice, TestWorld.Provider.Address, new Amount(10));
        for (var i = 0; i < 3; i++) Assert.Equal(PaymentStatus.Accepted, (await _provider.ReceiveAsync(promise, _patience.Token)).Status);
        Assert.Equal(new Amount(10), _provider.Status.Gross);
    }

    [Fact]
    public async Task What_was_not_invoiced_or_not_signed_is_not_handed_in()
    {
        await _provider.StartAsync(_patience.Token);
        var agreement = _provider.OpenAgreement(TestWorld.Alice.Address);
        var invoice = await _provider.InvoiceAsync(agreement, new Amount(10), _patience.Token);
        var id = (ulong)1;
        var good = TestWorld.Promise(TestWorld.Alice, 10, 10, invoice.Hashlock, id);
        await Refuses(PaymentStatus.InvalidSignature, good with { Amount = new Amount(11) });
        await Refuses(PaymentStatus.InvalidSignature, good with { Consumer = TestWorld.Bob.Address });
        await Refuses(PaymentStatus.NotAsInvoiced, TestWorld.Promise(TestWorld.Alice, 11, 11, invoice.Hashlock, id));
        await Refuses(PaymentStatus.NotAsInvoiced, TestWorld.Promise(TestWorld.Alice, 9, 9, invoice.Hashlock, id));
        await Refuses(PaymentStatus.NotAsInvoiced, TestWorld.Promise(TestWorld.Alice, 9, 10, invoice.Hashlock, id));
        var elsewhere = TestWorld.Promise(TestWorld.Alice, 10, 10, invoice.Hashlock, id, TestWorld.OtherProvider);
        await Refuses(PaymentStatus.NotAsInvoiced, elsewhere);
        await Refuses(PaymentStatus.NotAsInvoiced, TestWorld.Promise(TestWorld.Bob, 10, 10, invoice.Hashlock, id));
        await Refuses(PaymentStatus.NotAsInvoiced, TestWorld.Promise(TestWorld.Alice, 10, 10, invoice.Hashlock, id + 1));
        await Refuses(PaymentStatus.Late, TestWorld.Promise(TestWorld.Alice, 10, 10, TestWorld.Lock(5), id));
        Assert.DoesNotContain(_exchange.Batches, batch => batch.Promises.Count > 0);

        async Task Refuses(PaymentStatus status, SignedPromise promise) =>
            Assert.Equal(status, (await _provider.ReceiveAsync(promise, _patience.Token)).Status);
    }

    [Fact]
    public async Task A_late_promise_is_asked_for_again_and_paid_once()
    {
        await _provider.StartAsync(_patience.Token);
        var (alice, agreement) = (Consumer(TestWorld.Alice), _provider.OpenAgreement(TestWorld.Alice.Address));
        var late = await _provider.InvoiceAsync(agreement, new Amount(10), _patience.Token);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 20);
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));

        var outcome = await _provider.ReceiveAsync(alice.Pay(late, TestWorld.Provider.Address, new Amount(10)), _patience.Token);
        Assert.Equal(PaymentStatus.Late, outcome.Status);
        var again = await _provider.InvoiceAgainAsync(agreement, _patience.Token);
        Assert.Equal((late.AgreementTotal, false), (again.AgreementTotal, again.Hashlock == late.Hashlock));
        outcome = await _provider.ReceiveAsync(alice.Pay(again, TestWorld.Provider.Address, Amount.Zero), _patience.Token);
        Assert.Equal(PaymentStatus.Accepted, outcome.Status);
        Assert.Equal((new Amount(30), new Amount(10)), (_provider.Status.Gross, alice.Promised));
    }

    [Fact]
    public async Task Two_devices_of_one_consumer_find_together_through_the_rejection()
    {
        await _provider.StartAsync(_patience.Token);
        await PayAsync(Consumer(TestWorld.Alice), times: 3, amount: 100);
        var device = Consumer(TestWorld.Alice, store: "second device");
        var agreement = _provider.OpenAgreement(TestWorld.Alice.Address);
        var invoice = await _provider.InvoiceAsync(agreement, new Amount(10), _patience.Token);
        var refused = await _provider.ReceiveAsync(device.Pay(invoice, TestWorld.Provider.Address, new Amount(10)), _patience.Token);
        Assert.Equal(RejectionReason.PromiseTooLow, refused.Rejection!.Reason);
        Assert.True(_provider.MustPauseService(TestWorld.Alice.Address));
        await Assert.ThrowsAsync<ServicePausedException>(() => _provider.InvoiceAsync(agreement, new Amount(1), _patience.Token));

        await PayAgainAsync(device.Resynchronise(refused.Rejection), device, agreement);
        Assert.Equal(new Amount(310), _provider.Status.Gross);
        Assert.False(_provider.MustPauseService(TestWorld.Alice.Address));
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
    }

    [Fact]
    public async Task After_refusals_alone_R_stays_secret_and_a_new_chain_begins()
    {
        await _provider.StartAsync(_patience.Token);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 10);
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
        var before = _provider.Status.OpenWindow;

        var stranger = Consumer(TestWorld.Key("not registered"));
        var agreement = _provider.OpenAgreement(stranger.Identity);
        var invoice = await _provider.InvoiceAsync(agreement, new Amount(10), _patience.Token);
        var outcome = await _provider.ReceiveAsync(stranger.Pay(invoice, TestWorld.Provider.Address, new Amount(10)), _patience.Token);
        Assert.Equal(RejectionReason.UnknownChannel, outcome.Rejection!.Reason);
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
        Assert.NotEqual(before.Instance, _provider.Status.OpenWindow.Instance);

        await PayAsync(Consumer(TestWorld.Bob, store: "bob again"), times: 2, amount: 10);
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
        Assert.Equal((new Amount(30), ProviderProblem.None), (_provider.Status.Gross, _provider.Status.Problem));
        Assert.DoesNotContain(invoice.Hashlock, _accountant.Revealed);
    }

    [Theory]
    [InlineData("covered lie")]
    [InlineData("one less")]
    [InlineData("wrong signer")]
    [InlineData("wrong hashlock")]
    [InlineData("wrong channel")]
    [InlineData("nothing")]
    public async Task An_accountant_that_lies_learns_no_R(string lie)
    {
        await _provider.StartAsync(_patience.Token);
        _exchange.Bend = (batch, answer) => Bend(lie, batch, answer);
        var agreement = _provider.OpenAgreement(TestWorld.Alice.Address);
        var alice = Consumer(TestWorld.Alice);
        var invoice = await _provider.InvoiceAsync(agreement, new Amount(100), _patience.Token);
        await _provider.ReceiveAsync(alice.Pay(invoice, TestWorld.Provider.Address, new Amount(100)), _patience.Token);
        Assert.False(await _provider.CloseSessionAsync(_patience.Token));
        Assert.NotEqual(ProviderProblem.None, _provider.Status.Problem);
        Assert.Empty(_accountant.Revealed);
        Assert.All(_exchange.Batches, batch => Assert.Empty(batch.Reveals ?? []));
        Assert.Equal(0u, _provider.Status.OpenWindow.Window);

        // It comes to its senses, and nothing is lost.
        _exchange.Bend = (_, answer) => answer;
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
        Assert.Equal(new Amount(98), _provider.Settleable!.Amount);
    }

    [Fact]
    public async Task Service_stops_before_unexchanged_credit_reaches_the_limit()
    {
        await _provider.StartAsync(_patience.Token);
        var agreement = _provider.OpenAgreement(TestWorld.Alice.Address);
        await _provider.InvoiceAsync(agreement, new Amount(700), _patience.Token);
        Assert.False(_provider.MustPauseService(TestWorld.Alice.Address));
        await _provider.InvoiceAsync(agreement, new Amount(100), _patience.Token);
        Assert.True(_provider.MustPauseService(TestWorld.Alice.Address));
        var waiting = _provider.InvoiceAsync(agreement, new Amount(201), _patience.Token);
        var last = await _provider.InvoiceAsync(agreement, new Amount(200), _patience.Token);
        Assert.False(waiting.IsCompleted);

        var alice = Consumer(TestWorld.Alice);
        await _provider.ReceiveAsync(alice.Pay(last, TestWorld.Provider.Address, new Amount(1_000)), _patience.Token);
        Assert.Equal(new Amount(1_201), (await waiting).AgreementTotal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _provider.InvoiceAsync(agreement, new Amount(1_001), _patience.Token));
    }

    [Fact]
    public async Task A_larger_fee_than_allowed_is_not_worked_with()
    {
        _chain.FeeBasisPoints = 1_001;
        await Assert.ThrowsAsync<AccountantUnavailableException>(() => _provider.StartAsync(_patience.Token));
        Assert.Equal(ProviderProblem.FeeTooHigh, _provider.Status.Problem);
    }

    [Fact]
    public async Task After_a_restart_the_old_window_is_answered_and_revealed_before_the_new_chain()
    {
        await _provider.StartAsync(_patience.Token);
        var alice = Consumer(TestWorld.Alice);
        await PayAsync(alice, times: 2, amount: 10);
        // The accountant accepts the next one, and its answer never comes.
        _exchange.Bend = (_, _) => throw new AccountantUnavailableException("The cable was cut.");
        var agreement = _provider.OpenAgreement(TestWorld.Alice.Address);
        var invoice = await _provider.InvoiceAsync(agreement, new Amount(30), _patience.Token);
        var receiving = _provider.ReceiveAsync(alice.Pay(invoice, TestWorld.Provider.Address, new Amount(30)), _patience.Token);
        await EventuallyAsync(() => _provider.Status.Problem == ProviderProblem.AccountantUnavailable);
        var old = _provider.Status.OpenWindow;
        await _provider.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);

        (_exchange, _provider) = Open();
        await _provider.StartAsync(_patience.Token);
        await PayAsync(alice, times: 1, amount: 5);
        Assert.NotEqual(old.Instance, _provider.Status.OpenWindow.Instance);
        Assert.Equal((new Amount(55), 0), (_provider.Status.Gross, _provider.Status.Unanswered));
        Assert.Contains(invoice.Hashlock, _accountant.Revealed);
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
        Assert.Equal(_provider.Status.Owed, _provider.Settleable!.Amount);
        AssertOpens(_provider.Settleable);
    }

    [Fact]
    public async Task After_losing_the_store_the_accountants_latest_promise_is_taken_and_can_be_settled()
    {
        await _provider.StartAsync(_patience.Token);
        await PayAsync(Consumer(TestWorld.Alice), times: 2, amount: 50);
        var promised = _provider.Status.Promised;
        await _provider.DisposeAsync();

        (_exchange, _provider) = Open("an empty disk");
        await _provider.StartAsync(_patience.Token);
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
        Assert.Equal(promised, _provider.Settleable!.Amount);
        AssertOpens(_provider.Settleable);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 7);
        Assert.Equal(new Amount(7), _provider.Status.Gross);
    }

    [Fact]
    public async Task What_can_be_settled_needs_no_accountant()
    {
        await _provider.StartAsync(_patience.Token);
        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 50);
        Assert.True(await _provider.CloseSessionAsync(_patience.Token));
        var settleable = _provider.Settleable;
        await _provider.DisposeAsync();
        (_exchange, _provider) = Open();
        Assert.Equal(settleable, _provider.Settleable);
        Assert.Single(_provider.Evidence);
    }

    [Fact]
    public async Task A_wallet_sums_what_accountants_owe()
    {
        await using var wallet = new ProviderWallet();
        wallet.Add(_provider);
        Assert.Throws<ArgumentException>(() => wallet.Add(_provider));
        await _provider.StartAsync(_patience.Token);
        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 50);
        Assert.Same(_provider, wallet.With(TestWorld.Profile.Accountant));
        Assert.Equal(new Amount(50), wallet.Earnings[TestWorld.Profile.Token].Gross);
    }

    private static void AssertOpens(SettleablePromise promise)
    {
        var message = new ProviderPromise(
            TestWorld.Profile.ProviderChannelOf(promise.Provider), promise.Amount, promise.R.ToHashlock());
        Assert.True(Curve.Default.TryRecover(TestWorld.Profile.Domain.Digest(message), promise.Signature, out var signer));
        Assert.Equal(TestWorld.Operator.Address, signer);
    }

    private (InProcessExchange, ProviderAccount) Open(string store = "provider")
    {
        var exchange = new InProcessExchange(_accountant, TestWorld.Provider.Address);
        var options = new ProviderOptions
        {
            WindowDuration = TimeSpan.FromMilliseconds(100),
            InvoiceGrace = TimeSpan.Zero,
            PauseAfterFailure = TimeSpan.FromMilliseconds(50),
            MaxQuestions = 1,
        };
        var account = ProviderAccount.Open(
            TestWorld.Profile, TestWorld.Provider, _files.At(store), exchange, _chain, options, StoreDurability.ProcessCrash);
        return (exchange, account);
    }

    private ConsumerAccount Consumer(PrivateKey key, string? store = null)
    {
        var path = _files.At(store ?? key.Address.ToString());
        var consumer = ConsumerAccount.Open(TestWorld.Profile, key, path, StoreDurability.ProcessCrash);
        consumer.SetDeposited(new Amount(1_000_000));
        _consumers.Add(consumer);
        return consumer;
    }

    private async Task PayAsync(ConsumerAccount consumer, int times, ulong amount)
    {
        var agreement = _provider.OpenAgreement(consumer.Identity);
        for (var i = 0; i < times; i++)
        {
            var invoice = await _provider.InvoiceAsync(agreement, new Amount(amount), _patience.Token);
            await PayAgainAsync(consumer.Pay(invoice, TestWorld.Provider.Address, new Amount(amount)), consumer, agreement);
        }
    }

    private async Task PayAgainAsync(SignedPromise promise, ConsumerAccount consumer, AgreementKey agreement)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var outcome = await _provider.ReceiveAsync(promise, _patience.Token);
            if (outcome.Status == PaymentStatus.Accepted) return;
            promise = outcome.Status == PaymentStatus.Late
                ? consumer.Pay(await _provider.InvoiceAgainAsync(agreement, _patience.Token), TestWorld.Provider.Address, Amount.Zero)
                : consumer.Resynchronise(outcome.Rejection!);
        }
        Assert.Fail("The payment was never accepted.");
    }

    private ExchangeAnswer Bend(string lie, ExchangeBatch batch, ExchangeAnswer answer)
    {
        if (answer.Promise is not { } promise) return answer;
        var (provider, hashlock, amount) = (TestWorld.Provider.Address, promise.Hashlock, promise.Amount);
        var covered = answer.Promises.Select(result => result with { Reason = RejectionReason.AlreadyCovered });
        return lie switch
        {
            "covered lie" => answer with { Promises = [.. covered], Promise = _accountant.Sign(provider, new Amount(1), hashlock) },
            "one less" => answer with { Promise = _accountant.Sign(provider, new Amount(amount.Units - 1), hashlock) },
            "wrong signer" => answer with { Promise = _accountant.Sign(provider, amount, hashlock, TestWorld.OtherProvider) },
            "wrong hashlock" => answer with { Promise = _accountant.Sign(provider, amount, TestWorld.Lock(5)) },
            "wrong channel" => answer with { Promise = _accountant.Sign(TestWorld.OtherProvider.Address, amount, hashlock) },
            _ => answer with { Promise = null, Reason = RejectionReason.OutcomeUnknown },
        };
    }

    private async Task EventuallyAsync(Func<bool> isTrue)
    {
        while (!isTrue()) await Task.Delay(5, _patience.Token);
    }
}
