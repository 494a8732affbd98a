using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

/// <summary>A provider's account from its start to its settleable promise.</summary>
public sealed class ProviderAccountTests : ProviderScene
{
    [Fact]
    public async Task Payments_of_many_consumers_are_exchanged_revealed_and_can_be_settled()
    {
        await Provider.StartAsync(Patience);
        var payers = Enumerable.Range(0, 6).Select(number =>
        {
            var key = TestWorld.Key($"payer {number}");
            Accountant.Deposit(key.Address, 100_000);
            return Consumer(key);
        });
        await Task.WhenAll(payers.Select(payer => Task.Run(() => PayAsync(payer, times: 30, amount: 40))));
        Assert.True(await Provider.CloseSessionAsync(Patience));

        var gross = new Amount(6 * 30 * 40);
        var net = new Amount(gross.Units - (gross.Units * FeeBasisPoints / 10_000));
        var status = Provider.Status;
        Assert.Equal((gross, net, net, net), (status.Gross, status.Owed, status.Promised, status.Settleable));
        Assert.Equal((0, ProviderProblem.None), (status.Unanswered, status.Problem));
        var settleable = Provider.Settleable!;
        Assert.Equal(net, settleable.Amount);
        AssertOpens(settleable);
        // The accountant knows every R it needs to collect.
        Assert.Equal(gross, Accountant.ProviderOf(TestWorld.Provider.Address).Revealed);
        Assert.Equal(6, Provider.Evidence.Count);
        Assert.All(Provider.Evidence, evidence => Assert.True(evidence.R.Opens(evidence.Promise.Hashlock)));
    }

    [Fact]
    public async Task Every_window_reveals_the_one_before_without_a_message_of_its_own()
    {
        await Provider.StartAsync(Patience);
        var alice = Consumer(TestWorld.Alice);
        // Each payment is more than half of E, so that its window closes at once.
        await PayAsync(alice, times: 12, amount: 600);
        var state = Accountant.ProviderOf(TestWorld.Provider.Address);
        Assert.Equal(new Amount(12 * 600), state.Gross);
        Assert.True(state.Revealed >= new Amount(11 * 600));
        Assert.All(Exchange.Batches.Where(batch => batch.Promises.Count > 0), batch => Assert.Null(batch.Reveals));
    }

    [Fact]
    public async Task A_repeated_promise_is_accepted_once()
    {
        await Provider.StartAsync(Patience);
        var (alice, agreement) = (Consumer(TestWorld.Alice), Provider.OpenAgreement(TestWorld.Alice.Address));
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(10), Patience);
        var promise = alice.Pay(invoice, TestWorld.Provider.Address, new Amount(10));
        for (var i = 0; i < 3; i++) Assert.Equal(PaymentStatus.Accepted, (await Provider.ReceiveAsync(promise, Patience)).Status);
        Assert.Equal(new Amount(10), Provider.Status.Gross);
    }

    [Fact]
    public async Task What_was_not_invoiced_or_not_signed_is_not_handed_in()
    {
        await Provider.StartAsync(Patience);
        var agreement = Provider.OpenAgreement(TestWorld.Alice.Address);
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(10), Patience);
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
        Assert.DoesNotContain(Exchange.Batches, batch => batch.Promises.Count > 0);

        async Task Refuses(PaymentStatus status, SignedPromise promise) =>
            Assert.Equal(status, (await Provider.ReceiveAsync(promise, Patience)).Status);
    }

    [Fact]
    public async Task A_late_promise_is_asked_for_again_and_paid_once()
    {
        await Provider.StartAsync(Patience);
        var (alice, agreement) = (Consumer(TestWorld.Alice), Provider.OpenAgreement(TestWorld.Alice.Address));
        var late = await Provider.InvoiceAsync(agreement, new Amount(10), Patience);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 20);
        Assert.True(await Provider.CloseSessionAsync(Patience));

        var outcome = await Provider.ReceiveAsync(alice.Pay(late, TestWorld.Provider.Address, new Amount(10)), Patience);
        Assert.Equal(PaymentStatus.Late, outcome.Status);
        var again = await Provider.InvoiceAgainAsync(agreement, Patience);
        Assert.Equal((late.AgreementTotal, false), (again.AgreementTotal, again.Hashlock == late.Hashlock));
        outcome = await Provider.ReceiveAsync(alice.Pay(again, TestWorld.Provider.Address, Amount.Zero), Patience);
        Assert.Equal(PaymentStatus.Accepted, outcome.Status);
        Assert.Equal((new Amount(30), new Amount(10)), (Provider.Status.Gross, alice.Promised));
    }

    [Fact]
    public async Task Two_devices_of_one_consumer_find_together_through_the_rejection()
    {
        await Provider.StartAsync(Patience);
        await PayAsync(Consumer(TestWorld.Alice), times: 3, amount: 100);
        var device = Consumer(TestWorld.Alice, store: "second device");
        var agreement = Provider.OpenAgreement(TestWorld.Alice.Address);
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(10), Patience);
        var refused = await Provider.ReceiveAsync(device.Pay(invoice, TestWorld.Provider.Address, new Amount(10)), Patience);
        Assert.Equal(RejectionReason.PromiseTooLow, refused.Rejection!.Reason);
        Assert.True(Provider.MustPauseService(TestWorld.Alice.Address));
        await Assert.ThrowsAsync<ServicePausedException>(() => Provider.InvoiceAsync(agreement, new Amount(1), Patience));

        await PayAgainAsync(device.Resynchronise(refused.Rejection), device, agreement);
        Assert.Equal(new Amount(310), Provider.Status.Gross);
        Assert.False(Provider.MustPauseService(TestWorld.Alice.Address));
        Assert.True(await Provider.CloseSessionAsync(Patience));
    }

    [Fact]
    public async Task Refusals_alone_below_the_limit_close_their_window_like_any_other()
    {
        await Provider.StartAsync(Patience);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 10);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        var before = Provider.Status.OpenWindow;

        var stranger = Consumer(TestWorld.Key("not registered"));
        var agreement = Provider.OpenAgreement(stranger.Identity);
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(10), Patience);
        var outcome = await Provider.ReceiveAsync(stranger.Pay(invoice, TestWorld.Provider.Address, new Amount(10)), Patience);
        Assert.Equal(RejectionReason.UnknownChannel, outcome.Rejection!.Reason);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(before with { Window = before.Window + 1 }, Provider.Status.OpenWindow);

        await PayAsync(Consumer(TestWorld.Bob, store: "bob again"), times: 2, amount: 10);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal((new Amount(30), ProviderProblem.None), (Provider.Status.Gross, Provider.Status.Problem));
        // A copy that was held up is credited under an R that the accountant knows, and signed for with the next exchange.
        Accountant.Deposit(stranger.Identity, 1_000);
        var copy = Exchange.Batches.Last(batch => batch.Promises.Any(promise => promise.Hashlock == invoice.Hashlock));
        Accountant.Exchange(Provider.Identity, copy);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(new Amount(40 - (40 * FeeBasisPoints / 10_000)), Provider.Settleable!.Amount);
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
        await Provider.StartAsync(Patience);
        Exchange.Bend = (batch, answer) => Bend(lie, batch, answer);
        var agreement = Provider.OpenAgreement(TestWorld.Alice.Address);
        var alice = Consumer(TestWorld.Alice);
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(100), Patience);
        await Provider.ReceiveAsync(alice.Pay(invoice, TestWorld.Provider.Address, new Amount(100)), Patience);
        Assert.False(await Provider.CloseSessionAsync(Patience));
        Assert.NotEqual(ProviderProblem.None, Provider.Status.Problem);
        Assert.Empty(Accountant.Revealed);
        Assert.All(Exchange.Batches, batch => Assert.Empty(batch.Reveals ?? []));
        Assert.Equal(0u, Provider.Status.OpenWindow.Window);

        // It comes to its senses, and nothing is lost.
        Exchange.Bend = (_, answer) => answer;
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(new Amount(98), Provider.Settleable!.Amount);
    }

    [Fact]
    public async Task Service_stops_before_unexchanged_credit_reaches_the_limit()
    {
        await Provider.StartAsync(Patience);
        var agreement = Provider.OpenAgreement(TestWorld.Alice.Address);
        await Provider.InvoiceAsync(agreement, new Amount(700), Patience);
        Assert.False(Provider.MustPauseService(TestWorld.Alice.Address));
        await Provider.InvoiceAsync(agreement, new Amount(100), Patience);
        Assert.True(Provider.MustPauseService(TestWorld.Alice.Address));
        var waiting = Provider.InvoiceAsync(agreement, new Amount(201), Patience);
        var last = await Provider.InvoiceAsync(agreement, new Amount(200), Patience);
        Assert.False(waiting.IsCompleted);

        var alice = Consumer(TestWorld.Alice);
        await Provider.ReceiveAsync(alice.Pay(last, TestWorld.Provider.Address, new Amount(1_000)), Patience);
        Assert.Equal(new Amount(1_201), (await waiting).AgreementTotal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Provider.InvoiceAsync(agreement, new Amount(1_001), Patience));
    }

    [Fact]
    public async Task A_larger_fee_than_allowed_is_not_worked_with()
    {
        Chain.FeeBasisPoints = 1_001;
        await Assert.ThrowsAsync<AccountantUnavailableException>(() => Provider.StartAsync(Patience));
        Assert.Equal(ProviderProblem.FeeTooHigh, Provider.Status.Problem);
    }

    [Fact]
    public async Task A_lower_fee_that_the_accountant_sees_later_makes_it_no_liar()
    {
        await Provider.StartAsync(Patience);
        var alice = Consumer(TestWorld.Alice);
        await PayAsync(alice, times: 1, amount: 400);

        // A new process reads the fee when it begins; the accountant counts with the old one for some time yet.
        Chain.FeeBasisPoints = 50;
        await Provider.DisposeAsync();
        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        await PayAsync(alice, times: 2, amount: 400);
        await EventuallyAsync(() => Provider.Status.Settleable == Provider.Status.Owed);
        Assert.Equal(ProviderProblem.None, Provider.Status.Problem);
        Assert.Equal(new Amount(3 * (400 - (400 * FeeBasisPoints / 10_000))), Provider.Status.Promised);
    }

    [Fact]
    public async Task After_a_restart_the_old_window_is_answered_and_revealed_before_the_new_chain()
    {
        await Provider.StartAsync(Patience);
        var alice = Consumer(TestWorld.Alice);
        await PayAsync(alice, times: 2, amount: 10);
        // The accountant accepts the next one, and its answer never comes.
        Exchange.Bend = (_, _) => throw new AccountantUnavailableException("The cable was cut.");
        var agreement = Provider.OpenAgreement(TestWorld.Alice.Address);
        var invoice = await Provider.InvoiceAsync(agreement, new Amount(30), Patience);
        var receiving = Provider.ReceiveAsync(alice.Pay(invoice, TestWorld.Provider.Address, new Amount(30)), Patience);
        while (receiving.IsCompleted)
        {
            // The window of the payments before closed meanwhile.
            invoice = await Provider.InvoiceAgainAsync(agreement, Patience);
            receiving = Provider.ReceiveAsync(alice.Pay(invoice, TestWorld.Provider.Address, Amount.Zero), Patience);
        }
        await EventuallyAsync(() => Provider.Status.Problem == ProviderProblem.AccountantUnavailable);
        var old = Provider.Status.OpenWindow;
        await Provider.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);

        (Exchange, Provider) = Open();
        await Provider.StartAsync(Patience);
        await PayAsync(alice, times: 1, amount: 5);
        Assert.NotEqual(old.Instance, Provider.Status.OpenWindow.Instance);
        Assert.Equal((new Amount(55), 0), (Provider.Status.Gross, Provider.Status.Unanswered));
        Assert.Contains(invoice.Hashlock, Accountant.Revealed);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(Provider.Status.Owed, Provider.Settleable!.Amount);
        AssertOpens(Provider.Settleable);
    }

    [Fact]
    public async Task After_losing_the_store_the_accountants_latest_promise_is_taken_and_can_be_settled()
    {
        await Provider.StartAsync(Patience);
        await PayAsync(Consumer(TestWorld.Alice), times: 2, amount: 50);
        var promised = Provider.Status.Promised;
        await Provider.DisposeAsync();

        (Exchange, Provider) = Open("an empty disk");
        await Provider.StartAsync(Patience);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        Assert.Equal(promised, Provider.Settleable!.Amount);
        AssertOpens(Provider.Settleable);
        await PayAsync(Consumer(TestWorld.Bob), times: 1, amount: 7);
        Assert.Equal(new Amount(7), Provider.Status.Gross);
    }

    [Fact]
    public async Task What_can_be_settled_needs_no_accountant()
    {
        await Provider.StartAsync(Patience);
        await PayAsync(Consumer(TestWorld.Alice), times: 1, amount: 50);
        Assert.True(await Provider.CloseSessionAsync(Patience));
        var settleable = Provider.Settleable;
        await Provider.DisposeAsync();
        (Exchange, Provider) = Open();
        Assert.Equal(settleable, Provider.Settleable);
        Assert.Single(Provider.Evidence);
    }

    private ExchangeAnswer Bend(string lie, ExchangeBatch batch, ExchangeAnswer answer)
    {
        if (answer.Promise is not { } promise) return answer;
        var (provider, hashlock, amount) = (TestWorld.Provider.Address, promise.Hashlock, promise.Amount);
        var covered = answer.Promises.Select(result => result with { Reason = RejectionReason.AlreadyCovered });
        return lie switch
        {
            "covered lie" => answer with { Promises = [.. covered], Promise = Accountant.Sign(provider, new Amount(1), hashlock) },
            "one less" => answer with { Promise = Accountant.Sign(provider, new Amount(amount.Units - 1), hashlock) },
            "wrong signer" => answer with { Promise = Accountant.Sign(provider, amount, hashlock, TestWorld.OtherProvider) },
            "wrong hashlock" => answer with { Promise = Accountant.Sign(provider, amount, TestWorld.Lock(5)) },
            "wrong channel" => answer with { Promise = Accountant.Sign(TestWorld.OtherProvider.Address, amount, hashlock) },
            _ => answer with { Promise = null, Reason = RejectionReason.OutcomeUnknown },
        };
    }
}
