using System.Numerics;
using CsCheck;

namespace AccountantCluster.Protocol.Tests.Primitives;

public sealed class EtherInTokensTests
{
    private static readonly BigInteger Quintillion = BigInteger.Pow(10, 18);

    [Fact]
    public void The_tokens_are_the_fewest_that_are_worth_the_ether() =>
        Gen.Select(Generate.Units, Generate.Units.Where(price => price != 0)).Sample((wei, price) =>
        {
            if (EtherInTokens.Of(wei, price) is not { } tokens)
            {
                Assert.True((BigInteger)UInt128.MaxValue * price < wei * Quintillion);
                return;
            }
            Assert.True((BigInteger)tokens.Units * price >= wei * Quintillion);
            Assert.True(wei == 0 || ((BigInteger)tokens.Units - 1) * price < wei * Quintillion);
        });

    [Fact]
    public void What_is_worth_nothing_pays_for_nothing() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EtherInTokens.Of(1, UInt128.Zero));
}
