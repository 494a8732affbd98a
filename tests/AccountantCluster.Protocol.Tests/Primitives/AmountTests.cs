using System.Numerics;
using CsCheck;

namespace AccountantCluster.Protocol.Tests.Primitives;

public sealed class AmountTests
{
    private static readonly BigInteger Limit = BigInteger.One << 128;

    [Fact]
    public void Sums_are_exact_or_refused() =>
        Gen.Select(Generate.Amount, Generate.Amount).Sample((left, right) =>
        {
            var exact = (BigInteger)left.Units + right.Units;
            var fits = left.TryAdd(right, out var sum);
            Assert.Equal(exact < Limit, fits);
            if (fits)
            {
                Assert.Equal(exact, sum.Units);
                Assert.Equal(sum, left + right);
                Assert.Equal(sum, left.SaturatingAdd(right));
            }
            else
            {
                Assert.Throws<OverflowException>(() => left + right);
                Assert.Equal(Amount.MaxValue, left.SaturatingAdd(right));
            }
        });

    [Fact]
    public void Differences_are_exact_or_refused() =>
        Gen.Select(Generate.Amount, Generate.Amount).Sample((left, right) =>
        {
            if (left >= right)
            {
                Assert.Equal((BigInteger)left.Units - right.Units, (left - right).Units);
                Assert.Equal(left - right, left.SaturatingSubtract(right));
            }
            else
            {
                Assert.Throws<OverflowException>(() => left - right);
                Assert.Equal(Amount.Zero, left.SaturatingSubtract(right));
            }
        });

    [Fact]
    public void Nothing_wraps_at_the_edges()
    {
        var one = new Amount(UInt128.One);
        Assert.Throws<OverflowException>(() => Amount.MaxValue + one);
        Assert.Throws<OverflowException>(() => Amount.Zero - one);
        Assert.Equal(Amount.MaxValue, Amount.MaxValue + Amount.Zero);
        Assert.Equal(Amount.Zero, Amount.MaxValue - Amount.MaxValue);
        Assert.False(Amount.MaxValue.TryAdd(one, out _));
        Assert.True(Amount.MaxValue.TryAdd(Amount.Zero, out var sum));
        Assert.Equal(Amount.MaxValue, sum);
    }

    [Fact]
    public void Is_ordered_as_its_number() =>
        Gen.Select(Generate.Amount, Generate.Amount).Sample((left, right) =>
        {
            Assert.Equal(left.Units < right.Units, left < right);
            Assert.Equal(left.Units <= right.Units, left <= right);
            Assert.Equal(left.Units > right.Units, left > right);
            Assert.Equal(left.Units >= right.Units, left >= right);
            Assert.Equal(left.Units == right.Units, left == right);
            Assert.Equal(left.Units != right.Units, left != right);
            Assert.Equal(left.Units.CompareTo(right.Units), left.CompareTo(right));
            Assert.Equal(left < right ? left : right, Amount.Min(left, right));
            Assert.Equal(left < right ? right : left, Amount.Max(left, right));
        });

    [Fact]
    public void Text_and_words_bring_it_back() =>
        Generate.Amount.Sample(amount =>
            Amount.Parse(amount.ToString()) == amount
            && amount.ToBytes32().TryToUInt128(out var units) && units == amount.Units);

    [Theory]
    [InlineData("0", true)]
    [InlineData("007", true)]
    [InlineData("340282366920938463463374607431768211455", true)]
    [InlineData("340282366920938463463374607431768211456", false)]
    [InlineData("-1", false)]
    [InlineData("+1", false)]
    [InlineData("1.0", false)]
    [InlineData("1,000", false)]
    [InlineData("1e3", false)]
    [InlineData(" 1", false)]
    [InlineData("0x1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Reads_whole_decimal_numbers_only(string? text, bool expected)
    {
        Assert.Equal(expected, Amount.TryParse(text, out var amount));
        if (!expected) Assert.Equal(Amount.Zero, amount);
        if (!expected && text is not null) Assert.Throws<FormatException>(() => Amount.Parse(text));
    }

    [Fact]
    public void Zero_is_zero()
    {
        Assert.True(Amount.Zero.IsZero);
        Assert.True(default(Amount).IsZero);
        Assert.False(new Amount(UInt128.One).IsZero);
        Assert.False(new Amount((UInt128)1 << 64).IsZero);
        Assert.Equal("340282366920938463463374607431768211455", Amount.MaxValue.ToString());
    }
}
