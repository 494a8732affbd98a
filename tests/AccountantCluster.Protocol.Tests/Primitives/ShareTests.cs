using System.Numerics;
using CsCheck;

namespace AccountantCluster.Protocol.Tests.Primitives;

public sealed class ShareTests
{
    [Fact]
    public void A_share_is_exact_and_rounded_down_or_the_largest_amount() =>
        Gen.Select(Generate.Amount, Gen.OneOf(Gen.UInt, Gen.UInt[0, 2 * Share.Whole])).Sample((amount, basisPoints) =>
        {
            var exact = (BigInteger)amount.Units * basisPoints / Share.Whole;
            Assert.Equal(BigInteger.Min(exact, UInt128.MaxValue), Share.Of(amount, basisPoints).Units);
        });

    [Fact]
    public void The_whole_is_the_amount() => Generate.Amount.Sample(amount => Share.Of(amount, Share.Whole) == amount);
}
