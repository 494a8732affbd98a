using System.Numerics;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Chain.Tests;

/// <summary>Fees cover the gas that they were asked for, whatever gas and tokens are worth, and quotes are known again.</summary>
public sealed class JobTariffTests
{
    private static readonly JobTariff Tariff = new() { MarginPercent = 50, Minimum = new Amount(10) };

    [Fact]
    public void A_fee_covers_its_gas_and_the_margin_and_hardly_more() => Gen.Select(
        Gen.ULong[1, 20_000_000], Gen.ULong[0, 1_000_000_000_000], Gen.ULong[0, 1_000_000_000_000], Gen.ULong[1, ulong.MaxValue]).Sample(
        (gas, baseFee, priority, worth) =>
        {
            var fee = Tariff.Fee(gas, new FeeSuggestion(baseFee, priority), worth);
            var wei = (BigInteger)gas * ((BigInteger)baseFee + priority) * 3 / 2;
            var value = (BigInteger units) => units * worth / BigInteger.Pow(10, 18);
            if (fee is not { } amount)
            {
                Assert.True(value((BigInteger)UInt128.MaxValue) < wei);
                return;
            }
            Assert.True(amount >= Tariff.Minimum);
            Assert.True(value((BigInteger)amount.Units) >= wei - 1);
            if (amount > Tariff.Minimum) Assert.True(value((BigInteger)amount.Units - 1) <= wei);
        },
        iter: TestEffort.Of(2_000));

    [Fact]
    public void A_quote_is_known_again_and_nothing_else_is()
    {
        using var seal = new QuoteSeal();
        using var another = new QuoteSeal();
        var quote = new JobQuote(new JobShape(JobKind.Recover, Rows: 3), new Amount(77), ValidUntil: 1_000);
        var code = seal.Seal(quote);
        Assert.True(seal.IsMine(quote, code));
        Assert.False(another.IsMine(quote, code));
        Assert.False(seal.IsMine(quote with { Fee = new Amount(76) }, code));
        Assert.False(seal.IsMine(quote with { ValidUntil = 1_001 }, code));
        Assert.False(seal.IsMine(quote with { Shape = quote.Shape with { Rows = 4 } }, code));
        Assert.False(seal.IsMine(quote with { Shape = new JobShape(JobKind.Register, HasLoan: true) }, code));
        Assert.False(seal.IsMine(quote, code.AsSpan(1)));
    }
}
