using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;

namespace AccountantCluster.Client.Tests.OnChain;

/// <summary>A message holds for as long as it is meant to, whichever of the two clocks is behind.</summary>
public sealed class DeadlineTests
{
    private const long Now = 1_800_000_000;

    [Theory]
    [InlineData(Now - 86_400, Now + 60)]
    [InlineData(Now, Now + 60)]
    [InlineData(Now + 86_400, Now + 86_460)]
    public void The_later_clock_counts(ulong chain, ulong expected) => Assert.Equal(
        expected, Deadline.After(new Block(1, default, default, chain, 1), new StoppedClock(), TimeSpan.FromMinutes(1)));

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(Now);
    }
}
