using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Providers;

public sealed class ProviderRulesTests
{
    private static readonly Signature Any = TestWorld.Promise(TestWorld.Alice, 1, 1, TestWorld.Lock(1)).Signature;
    private static readonly Amount Limit = new(100);

    // A chain of two windows, as hashes: R of window 0 is the hashlock of window 1.
    private static readonly Preimage Second = new(Bytes32.FromUInt128(7));
    private static readonly Hashlock Window1 = Second.ToHashlock();
    private static readonly Hashlock Window0 = new Preimage(Window1.Value).ToHashlock();

    [Fact]
    public void A_window_with_an_unanswered_promise_stays_closed()
    {
        var books = HandIn(Start(), Pay(10));
        Assert.Equal(CloseOutcome.Unanswered, ProviderRules.CanClose(books, Window0, Limit));
    }

    [Fact]
    public void A_window_under_which_everything_was_refused_keeps_its_R_above_the_limit_only()
    {
        var books = Answer(HandIn(Start(), Pay(10)), Pay(10), RejectionReason.Overspend, promised: 0);
        Assert.Equal(CloseOutcome.NothingAccepted, ProviderRules.CanClose(books, Window0, new Amount(9)));
        // A late copy may be accepted: then R must not stay secret.
        Assert.Equal(CloseOutcome.Closable, ProviderRules.CanClose(books, Window0, new Amount(10)));
        Assert.True(ProviderRules.IsRefused(books, TestWorld.Alice.Address));
    }

    [Fact]
    public void A_window_is_closed_by_a_promise_that_covers_the_books()
    {
        var handedIn = HandIn(Start(), Pay(10));
        Assert.Equal(CloseOutcome.NotPromised, ProviderRules.CanClose(Answer(handedIn, Pay(10), RejectionReason.None, 9), Window0, Limit));
        Assert.Equal(CloseOutcome.Closable, ProviderRules.CanClose(Answer(handedIn, Pay(10), RejectionReason.None, 10), Window0, Limit));
    }

    [Fact]
    public void Covered_counts_the_full_total()
    {
        var books = Answer(HandIn(Start(), Pay(10)), Pay(10), RejectionReason.AlreadyCovered, promised: 9);
        Assert.Equal((new Amount(10), CloseOutcome.NotPromised), (books.Owed, ProviderRules.CanClose(books, Window0, Limit)));
    }

    [Fact]
    public void What_was_refused_stays_under_the_limit_until_it_is_resolved()
    {
        var books = Answer(HandIn(Start(), Pay(10)), Pay(10), RejectionReason.None, promised: 10);
        books = Answer(HandIn(books, Pay(111)), Pay(111), RejectionReason.PromiseTooLow, promised: 10);
        Assert.Equal(CloseOutcome.TooMuchRefused, ProviderRules.CanClose(books, Window0, Limit));
        Assert.Equal(CloseOutcome.Closable, ProviderRules.CanClose(books, Window0, new Amount(101)));
        var resolved = Pay(111) with { Amount = new Amount(500) };
        books = Answer(HandIn(books, resolved), resolved, RejectionReason.None, promised: 111);
        Assert.Equal(CloseOutcome.Closable, ProviderRules.CanClose(books, Window0, Limit));
        Assert.False(ProviderRules.IsRefused(books, TestWorld.Alice.Address));
    }

    [Fact]
    public void A_promise_under_a_window_that_stays_secret_never_replaces_one_that_can_be_settled()
    {
        var books = Answer(HandIn(Start(), Pay(10)), Pay(10), RejectionReason.None, promised: 10);
        books = ProviderEvents.Apply(books, new ProviderEvent.WindowClosed(Window0, new ChainPosition(1, 0), Window1));
        var late = Pay(20, Window1);
        books = Answer(HandIn(books, late), late, RejectionReason.Overspend, promised: 1_000);
        Assert.Equal(new Amount(10), books.Settleable!.Amount);
        Assert.Equal(new Amount(1_000), books.Highest!.Amount);
    }

    [Fact]
    public void A_promise_under_a_secret_R_never_takes_the_place_of_evidence_that_can_be_collected()
    {
        var first = Pay(10);
        var books = Answer(HandIn(Start(), first), first, RejectionReason.None, promised: 10);
        Assert.Empty(books.Evidence);
        books = ProviderEvents.Apply(books, new ProviderEvent.WindowClosed(Window0, new ChainPosition(1, 0), Window1));
        var second = Pay(25, Window1);
        books = Answer(HandIn(books, second), second, RejectionReason.None, promised: 25);
        Assert.Equal((first, new ChainPosition(1, 0)), (books.Evidence.Single().Value.Promise, books.Evidence.Single().Value.Position));
        books = ProviderEvents.Apply(books, new ProviderEvent.WindowClosed(Window1, new ChainPosition(1, 1), null));
        Assert.Equal(second, books.Evidence.Single().Value.Promise);
    }

    [Fact]
    public void An_accountant_cannot_name_a_window_of_the_running_chain_that_was_never_published()
    {
        var named = new HeldPromise(new Amount(1_000), TestWorld.Lock(50), new ChainPosition(1, 5), Any);
        Assert.Empty(ProviderRules.DecideHold(Start(), named));
        // Of a chain that these books do not know, because the store was lost: evidence.
        Assert.NotEmpty(ProviderRules.DecideHold(Start(), named with { Position = new ChainPosition(2, 5) }));
    }

    [Fact]
    public void A_named_window_does_not_open_what_lies_below_it()
    {
        // Chain 1 was left with a refused promise; the accountant names a later window of it to get R.
        var books = Answer(HandIn(Start(), Pay(111)), Pay(111), RejectionReason.Overspend, promised: 0);
        books = ProviderEvents.Apply(books, new ProviderEvent.ChainBegun(2, TestWorld.Lock(60)));
        var named = new HeldPromise(new Amount(1), TestWorld.Lock(50), new ChainPosition(1, 5), Any);
        books = ProviderEvents.Apply(books, ProviderRules.DecideHold(books, named));
        Assert.False(books.MayDisclose(new ChainPosition(1, 0)));
        Assert.Equal(CloseOutcome.NothingAccepted, ProviderRules.CanClose(books, named.Hashlock, Limit));
    }

    [Fact]
    public void Exposure_is_what_is_invoiced_or_waits_for_its_R()
    {
        var books = Answer(HandIn(Start(), Pay(10)), Pay(10), RejectionReason.None, promised: 10);
        var invoiced = KeyValuePair.Create(ProviderBooks.KeyOf(Pay(25)), new Amount(25));
        Assert.Equal(new Amount(25), ProviderRules.Exposure(books, TestWorld.Alice.Address, [invoiced]));
        books = ProviderEvents.Apply(books, new ProviderEvent.WindowClosed(Window0, new ChainPosition(1, 0), Window1));
        Assert.Equal(new Amount(15), ProviderRules.Exposure(books, TestWorld.Alice.Address, [invoiced]));
        Assert.Equal(Amount.Zero, ProviderRules.Exposure(books, TestWorld.Bob.Address, []));
    }

    [Fact]
    public void Fewer_agreements_are_open_than_the_accountant_keeps_and_no_id_comes_twice()
    {
        var books = Start();
        var ids = new HashSet<AgreementId>();
        for (var i = 0; i < 200; i++)
        {
            var events = ProviderRules.DecideOpenAgreement(books, TestWorld.Alice.Address);
            books = ProviderEvents.Apply(books, events);
            Assert.True(ids.Add(events.OfType<ProviderEvent.AgreementOpened>().Single().Key.Id));
            Assert.True(books.Agreements.Count <= ProviderRules.AgreementsOpen);
        }
    }

    private static ProviderBooks Start() => ProviderEvents.Apply(
        ProviderBooks.Empty,
        [
            new ProviderEvent.FeeConfirmed(0),
            new ProviderEvent.AgreementOpened(ProviderBooks.KeyOf(Pay(1))),
            new ProviderEvent.ChainBegun(1, Window0),
        ]);

    private static SignedPromise Pay(ulong total, Hashlock? window = null) =>
        TestWorld.Promise(TestWorld.Alice, total, total, window ?? Window0);

    private static ProviderBooks HandIn(ProviderBooks books, SignedPromise promise) =>
        ProviderEvents.Apply(books, new ProviderEvent.PromisesHandedIn([promise]));

    private static ProviderBooks Answer(ProviderBooks books, SignedPromise promise, RejectionReason reason, ulong promised)
    {
        var held = promised == 0
            ? null
            : new HeldPromise(new Amount(promised), promise.Hashlock, books.Windows[promise.Hashlock].Position, Any);
        return ProviderEvents.Apply(books, ProviderRules.DecideAnswer(books, [promise], [reason], held));
    }
}
