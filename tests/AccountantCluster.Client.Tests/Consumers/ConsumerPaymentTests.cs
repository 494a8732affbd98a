using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Consumers;

public sealed class ConsumerPaymentTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Paying_raises_the_promised_total_by_what_the_agreement_rises()
    {
        using var alice = Open();
        Assert.Equal(new Amount(10), alice.Pay(TestWorld.Invoice(10), TestWorld.Provider.Address, new Amount(10)).Amount);
        Assert.Equal(new Amount(14), alice.Pay(TestWorld.Invoice(14), TestWorld.Provider.Address, new Amount(4)).Amount);
        var elsewhere = alice.Pay(TestWorld.Invoice(5, provider: TestWorld.OtherProvider), TestWorld.OtherProvider.Address, new Amount(5));
        Assert.Equal(new Amount(19), elsewhere.Amount);
        Assert.True(elsewhere.IsSignedByConsumer(TestWorld.Profile, Curve.Default));
        Assert.Equal(new Amount(14), alice.PaidFor(TestWorld.Provider.Address, AgreementId.From(1)));
    }

    [Fact]
    public void The_same_invoice_gives_the_same_promise()
    {
        using var alice = Open();
        var first = alice.Pay(TestWorld.Invoice(10), TestWorld.Provider.Address, new Amount(10));
        Assert.Equal(first, alice.Pay(TestWorld.Invoice(10), TestWorld.Provider.Address, Amount.Zero));
        Assert.Equal(new Amount(10), alice.Promised);
    }

    [Fact]
    public void The_same_total_under_another_window_promises_nothing_more()
    {
        using var alice = Open();
        alice.Pay(TestWorld.Invoice(10), TestWorld.Provider.Address, new Amount(10));
        var again = alice.Pay(TestWorld.Invoice(10, hashlock: 2), TestWorld.Provider.Address, Amount.Zero);
        Assert.Equal((new Amount(10), TestWorld.Lock(2)), (again.Amount, again.Hashlock));
        Assert.Equal(new Amount(10), alice.Promised);
    }

    [Fact]
    public void What_was_promised_is_there_after_a_restart()
    {
        SignedPromise paid;
        using (var alice = Open()) paid = alice.Pay(TestWorld.Invoice(10), TestWorld.Provider.Address, new Amount(10));
        using (var alice = Open())
        {
            Assert.Equal(new Amount(10), alice.Promised);
            Assert.Equal(paid, alice.Pay(TestWorld.Invoice(10), TestWorld.Provider.Address, Amount.Zero));
            Assert.Equal(new Amount(13), alice.Pay(TestWorld.Invoice(13), TestWorld.Provider.Address, new Amount(3)).Amount);
        }
    }

    [Fact]
    public void What_is_not_owed_is_not_signed()
    {
        using var alice = Open(deposited: 20);
        Refuses(PaymentRefusal.HashlockMissing, alice, TestWorld.Invoice(10) with { Hashlock = default }, 10);
        Refuses(PaymentRefusal.WrongProvider, alice, TestWorld.Invoice(10, provider: TestWorld.OtherProvider), 10);
        Refuses(PaymentRefusal.MoreThanAgreed, alice, TestWorld.Invoice(11), 10);
        Refuses(PaymentRefusal.TotalTooLow, alice, TestWorld.Invoice(0), 10);
        Refuses(PaymentRefusal.DepositTooSmall, alice, TestWorld.Invoice(21), 100);
        alice.Pay(TestWorld.Invoice(10), TestWorld.Provider.Address, new Amount(10));
        Refuses(PaymentRefusal.TotalTooLow, alice, TestWorld.Invoice(9), 10);
        Refuses(PaymentRefusal.DepositTooSmall, alice, TestWorld.Invoice(11, agreement: 2), 100);
        Assert.Equal(new Amount(10), alice.Promised);
    }

    [Fact]
    public void An_agreement_that_is_no_longer_kept_is_closed_for_good()
    {
        using (var alice = Open())
        {
            for (ulong id = 1; id <= 65; id++) alice.Pay(TestWorld.Invoice(1, agreement: id), TestWorld.Provider.Address, new Amount(1));
            Refuses(PaymentRefusal.AgreementClosed, alice, TestWorld.Invoice(2, agreement: 1), 10);
        }
        using (var alice = Open())
        {
            Refuses(PaymentRefusal.AgreementClosed, alice, TestWorld.Invoice(2, agreement: 1), 10);
            Assert.Equal(new Amount(1), alice.PaidFor(TestWorld.Provider.Address, AgreementId.From(2)));
        }
    }

    [Fact]
    public void A_store_belongs_to_one_identity_and_one_process()
    {
        using (Open())
            Assert.Throws<StoreException>(() => Open());
        Assert.Throws<StoreException>(() =>
            ConsumerAccount.Open(TestWorld.Profile, TestWorld.Bob, _file.Path, StoreDurability.ProcessCrash));
    }

    private static void Refuses(PaymentRefusal reason, ConsumerAccount consumer, Invoice invoice, ulong agreed)
    {
        var exception = Assert.Throws<PaymentRefusedException>(() => consumer.Pay(invoice, TestWorld.Provider.Address, new Amount(agreed)));
        Assert.Equal(reason, exception.Reason);
    }

    private ConsumerAccount Open(ulong deposited = 1_000)
    {
        var account = ConsumerAccount.Open(TestWorld.Profile, TestWorld.Alice, _file.Path, StoreDurability.ProcessCrash);
        account.SetDeposited(new Amount(deposited));
        return account;
    }
}
