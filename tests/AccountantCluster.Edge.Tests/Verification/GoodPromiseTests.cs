using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Verification;

public class GoodPromiseTests
{
    private readonly KnownConsumers _known = new(100);
    private readonly PromiseCheck _check;

    public GoodPromiseTests() => _check = new PromiseCheck(TestTerms.Terms, Curve.Default, _known);

    [Fact]
    public void A_promise_passes_from_a_stranger_and_from_a_known_consumer()
    {
        var stranger = _check.Check(TestKeys.Provider.Address, Promises.Sign(TestKeys.Alice));
        var known = _check.Check(TestKeys.Provider.Address, Promises.Sign(TestKeys.Alice));

        Assert.Equal(RejectionReason.None, stranger.Reason);
        Assert.Equal(Promises.ChannelOf(TestKeys.Alice), stranger.Promise.Channel);
        Assert.Equal(stranger, known);
    }

    [Fact]
    public void The_largest_amount_and_the_agreement_zero_pass()
    {
        var max = UInt128.MaxValue;
        var agreement = new Agreement(TestKeys.Provider.Address, default, new Amount(max));

        var verdict = _check.Check(TestKeys.Provider.Address, Promises.Sign(TestKeys.Alice, max, agreement));

        Assert.Equal((RejectionReason.None, Amount.MaxValue), (verdict.Reason, verdict.Promise.Promise.Amount));
        Assert.Equal(agreement, verdict.Promise.Promise.Agreement);
    }

    [Fact]
    public void A_cover_passes_from_its_own_consumer_as_it_is()
    {
        var verdict = _check.Check(TestKeys.Alice.Address, Promises.SignCover(TestKeys.Alice, 100));

        Assert.Equal(RejectionReason.None, verdict.Reason);
        Assert.True(verdict.Promise.IsCover);
        Assert.Equal(new Amount(100), verdict.Promise.Promise.Amount);
    }

    [Fact]
    public void Nobody_is_remembered_whose_signature_was_not_valid()
    {
        var forged = Promises.Sign(TestKeys.Alice);
        forged.Signature = Promises.Sign(TestKeys.Bob).Signature;

        _check.Check(TestKeys.Provider.Address, forged);

        Assert.Equal(0, _known.Count);
        Assert.False(_known.TryGet(TestKeys.Alice.Address, out _));
    }

    [Fact]
    public void A_promise_of_another_accountant_is_not_signed_here()
    {
        var elsewhere = new PromiseCheck(TestTerms.Terms with { Accountant = TestKeys.Operator.Address }, Curve.Default, _known);

        Assert.Equal(RejectionReason.InvalidSignature, elsewhere.Check(TestKeys.Provider.Address, Promises.Sign(TestKeys.Alice)).Reason);
    }
}
