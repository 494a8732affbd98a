using AccountantCluster.Client.Consumers;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Storage;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Consumers;

/// <summary>A rejection is somebody else's word: what it can make a consumer sign (protocol §4 rule 3).</summary>
public sealed class ResynchronisationTests : IDisposable
{
    private readonly TemporaryFile _file = new();
    private readonly ConsumerAccount _alice;

    public ResynchronisationTests()
    {
        _alice = ConsumerAccount.Open(TestWorld.Profile, TestWorld.Alice, _file.Path, StoreDurability.ProcessCrash);
        _alice.SetDeposited(new Amount(1_000));
    }

    public void Dispose()
    {
        _alice.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void Another_device_explains_a_higher_amount()
    {
        var rejected = Pay(10);
        var resigned = _alice.Resynchronise(TooLow(rejected, 60, FromOtherDevice(50)));
        Assert.Equal((new Amount(60), rejected.Agreement, rejected.Hashlock), (resigned.Amount, resigned.Agreement, resigned.Hashlock));
        Assert.Equal(new Amount(63), Pay(13).Amount);
    }

    [Fact]
    public void What_no_promise_explains_is_a_lie()
    {
        var rejected = Pay(10);
        Refuses(PaymentRefusal.ExpectedNotProven, TooLow(rejected, 61, FromOtherDevice(50)));
        Refuses(PaymentRefusal.ExpectedNotAboveRejected, TooLow(rejected, 10, FromOtherDevice(50)));
        Refuses(PaymentRefusal.ProofInvalid, TooLow(rejected, 60, null));
        Refuses(PaymentRefusal.ProofInvalid, TooLow(rejected, 20, rejected));
        Refuses(PaymentRefusal.ProofInvalid, TooLow(rejected, 60, FromOtherDevice(50) with { Signature = rejected.Signature }));
        Refuses(PaymentRefusal.ProofInvalid, TooLow(rejected, 60, TestWorld.Promise(TestWorld.Bob, 50, 50, TestWorld.Lock(9))));
        Refuses(PaymentRefusal.DepositTooSmall, TooLow(rejected, 1_001, FromOtherDevice(1_000)));
        Refuses(PaymentRefusal.NotResolvable, TooLow(rejected, 60, FromOtherDevice(50)) with { Reason = RejectionReason.Overspend });
        Refuses(PaymentRefusal.NotResolvable, TooLow(rejected, 60, FromOtherDevice(50)) with { Expected = null });
        Assert.Equal(new Amount(10), _alice.Promised);
    }

    [Fact]
    public void Only_the_latest_promise_of_an_agreement_is_signed_again()
    {
        var first = Pay(10);
        Pay(20);
        Refuses(PaymentRefusal.NotLatestPromise, TooLow(first, 60, FromOtherDevice(50)));
        Refuses(PaymentRefusal.NotLatestPromise, TooLow(FromOtherDevice(50), 60, first));
    }

    [Fact]
    public void A_payment_is_signed_again_three_times_at_most()
    {
        var promise = Pay(10);
        foreach (var other in new ulong[] { 50, 100, 150 })
            promise = _alice.Resynchronise(TooLow(promise, other + 10, FromOtherDevice(other)));
        Refuses(PaymentRefusal.TooManyRejections, TooLow(promise, 210, FromOtherDevice(200)));
        Assert.Equal(new Amount(160), _alice.Promised);
    }

    [Fact]
    public void Two_agreements_do_not_prove_each_other()
    {
        var (one, other) = (Pay(10), Pay(10, agreement: 2));
        Assert.Equal(new Amount(20), other.Amount);
        // By the rule of the protocol alone this would be signed: the proof says 20, the invoice 10.
        Refuses(PaymentRefusal.ExpectedNotProven, TooLow(one, 30, other));
        Refuses(PaymentRefusal.ExpectedNotProven, TooLow(one, 21, other));
        // What the device owes altogether may be signed under any of its agreements.
        Assert.Equal(new Amount(20), _alice.Resynchronise(TooLow(one, 20, other)).Amount);
        Assert.Equal(new Amount(20), _alice.Promised);
    }

    [Fact]
    public void A_second_device_goes_on_from_the_latest_promise_and_pays_nothing_twice()
    {
        Assert.True(_alice.GoOnFrom(FromOtherDevice(50)));
        Assert.Equal(new Amount(50), _alice.Promised);
        Assert.Equal(new Amount(50), _alice.Pay(TestWorld.Invoice(50, agreement: 77), TestWorld.Provider.Address, Amount.Zero).Amount);
        Assert.Equal(new Amount(60), Pay(10).Amount);
    }

    [Fact]
    public void Nobody_else_says_where_to_go_on()
    {
        Assert.False(_alice.GoOnFrom(TestWorld.Promise(TestWorld.Bob, 50, 50, TestWorld.Lock(1))));
        Assert.False(_alice.GoOnFrom(FromOtherDevice(50) with { Amount = new Amount(51) }));
        Assert.Equal(Amount.Zero, _alice.Promised);
    }

    private static Rejection TooLow(SignedPromise rejected, ulong expected, SignedPromise? proof) =>
        new(rejected, RejectionReason.PromiseTooLow, new Amount(expected), proof);

    private static SignedPromise FromOtherDevice(ulong amount) =>
        TestWorld.Promise(TestWorld.Alice, amount, amount, TestWorld.Lock(9), agreement: 77);

    private SignedPromise Pay(ulong total, ulong agreement = 1) =>
        _alice.Pay(TestWorld.Invoice(total, agreement), TestWorld.Provider.Address, new Amount(total));

    private void Refuses(PaymentRefusal reason, Rejection rejection) =>
        Assert.Equal(reason, Assert.Throws<PaymentRefusedException>(() => _alice.Resynchronise(rejection)).Reason);
}
