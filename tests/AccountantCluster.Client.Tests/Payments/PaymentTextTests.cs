using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Payments;

public sealed class PaymentTextTests
{
    private static readonly SignedPromise Promise = TestWorld.Promise(TestWorld.Alice, 70, 7, TestWorld.Lock(1));

    [Fact]
    public void An_invoice_survives_its_text()
    {
        var invoice = TestWorld.Invoice(ulong.MaxValue);
        Assert.Equal(invoice, Invoice.Parse(invoice.ToText()));
        Assert.DoesNotContain('\n', invoice.ToText());
    }

    [Fact]
    public void A_promise_survives_its_text_with_its_signature()
    {
        var read = SignedPromise.Parse(Promise.ToText());
        Assert.Equal(Promise, read);
        Assert.True(read.IsSignedByConsumer(TestWorld.Profile, Curve.Default));
    }

    [Fact]
    public void A_rejection_survives_its_text_with_and_without_proof()
    {
        var proof = TestWorld.Promise(TestWorld.Alice, 92, 5, TestWorld.Lock(2));
        var full = new Rejection(Promise, RejectionReason.PromiseTooLow, new Amount(99), proof);
        var bare = new Rejection(Promise, RejectionReason.Overspend);
        Assert.Equal(full, Rejection.Parse(full.ToText()));
        Assert.Equal(bare, Rejection.Parse(bare.ToText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"provider\":7}")]
    [InlineData("{\"provider\":\"0x00\"}")]
    public void Anything_else_is_not_an_invoice(string text)
    {
        Assert.Throws<FormatException>(() => Invoice.Parse(text));
        Assert.Throws<FormatException>(() => SignedPromise.Parse(text));
        Assert.Throws<FormatException>(() => Rejection.Parse(text));
    }

    [Fact]
    public void A_promise_whose_signature_is_not_canonical_cannot_be_read()
    {
        var text = Promise.ToText();
        var v = text.LastIndexOf('"') - 2;
        Assert.Throws<FormatException>(() => SignedPromise.Parse(text[..v] + "1d" + text[(v + 2)..]));
    }
}
