using CsCheck;

namespace AccountantCluster.Chain.Tests.Endpoints;

/// <summary>As long as fewer endpoints lie than must agree, what is heard is the truth, or nothing.</summary>
public sealed class EndpointPoolPropertyTests
{
    private static readonly EndpointPoolOptions Restless = new() { FirstRest = TimeSpan.Zero, LongestRest = TimeSpan.Zero };

    [Fact]
    public Task One_liar_among_three_changes_no_answer() => Gen.ULong.SampleAsync(
        async seed =>
        {
            var dice = new Dice(seed);
            var pool = new PoolUnderTest(3, Restless);
            var liar = pool[dice.Roll(3)];
            liar.Lie = new RandomLies(dice.Split()).Tell;
            liar.Behind = (ulong)dice.Roll(30);
            for (var look = 0; look < 3; look++)
            {
                Assert.Equal(SmallChain.Head, await pool.Pool.GetBlockNumberAsync());
                foreach (var (name, ask) in PoolUnderTest.Questions((ulong)dice.Roll(20)))
                    Assert.Equal((name, await PoolUnderTest.TruthAsync(ask)), (name, await ask(pool.Pool)));
            }
        },
        iter: TestEffort.Of(200));

    /// <summary>Any number of endpoints and of liars below the agreement, honest ones that are behind or away, and rests.</summary>
    [Fact]
    public Task Whatever_is_heard_is_true() => Gen.ULong.SampleAsync(
        async seed =>
        {
            var dice = new Dice(seed);
            var count = 2 + dice.Roll(4);
            var agreement = 2 + dice.Roll(count - 1);
            var rest = TimeSpan.FromTicks(dice.Roll(20_000));
            var pool = new PoolUnderTest(count, new EndpointPoolOptions { Agreement = agreement, FirstRest = rest });
            var (liars, first) = (dice.Roll(agreement), dice.Roll(count));
            for (var index = 0; index < count; index++)
            {
                var endpoint = pool[(first + index) % count];
                if (index < liars) endpoint.Lie = new RandomLies(dice.Split()).Tell;
                else if (dice.Roll(3) == 0) endpoint.Behind = (ulong)dice.Roll(10);
                else if (dice.Roll(5) == 0) endpoint.Lie = (_, _) => throw new EthereumUnavailableException("away");
            }
            for (var look = 0; look < 3; look++)
            {
                if (await HearAsync(async () => $"{await pool.Pool.GetBlockNumberAsync()}") is { } head)
                    Assert.True(ulong.Parse(head) <= SmallChain.Head, $"{head} is above every block.");
                foreach (var (name, ask) in PoolUnderTest.Questions((ulong)dice.Roll(20)))
                {
                    if (await HearAsync(() => ask(pool.Pool)) is not { } heard) continue;
                    // Enough of them may be behind: then there is nothing yet.
                    if (heard is "" or "none" && name is "block by number" or "block by hash" or "receipt") continue;
                    var truth = await PoolUnderTest.TruthAsync(ask);
                    // A log that nobody can judge stays: one too many is looked up, one too few would not be missed.
                    if (name == "logs") Assert.All(truth.Split('\n'), log => Assert.Contains(log, heard, StringComparison.Ordinal));
                    else Assert.Equal((name, truth), (name, heard));
                }
            }
        },
        iter: TestEffort.Of(300));

    private static async Task<string?> HearAsync(Func<Task<string>> ask)
    {
        try
        {
            return await ask();
        }
        catch (EthereumException)
        {
            return null;
        }
    }
}
