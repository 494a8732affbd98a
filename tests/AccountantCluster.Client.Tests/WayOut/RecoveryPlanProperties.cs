using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>Whatever consumers' promises are worth: enough of them are chosen, and no more.</summary>
public sealed class RecoveryPlanProperties
{
    private static readonly Gen<(int Worth, bool IsLeaving)[]> Rows = Gen.Select(Gen.Int[0, 50], Gen.Bool).Array[0, 12];

    [Fact]
    public void The_fewest_rows_are_chosen_that_bring_what_is_missing() =>
        Gen.Select(Rows, Gen.Int[0, 400], Gen.Int[1, 5]).Sample((rows, missing, least) =>
        {
            var (chosen, isEnough) = RecoveryPlan.Choose(
                rows.Select(row => ToRow(row.Worth, isLeaving: false)), Units(missing), Units(least), limit: 100);
            var worthy = rows.Select(row => row.Worth).Where(worth => worth >= least).OrderDescending().ToArray();
            var total = chosen.Sum(row => (int)row.Worth.Units);
            Assert.True(isEnough);
            Assert.All(chosen, row => Assert.True(row.Worth >= Units(least)));
            // Everything, or enough; and with one less it would not be.
            Assert.True(total >= missing || chosen.Count == worthy.Length);
            Assert.True(chosen.Count == 0 || worthy.Take(chosen.Count - 1).Sum() < missing);
        }, iter: TestEffort.Of(2_000));

    [Fact]
    public void One_transaction_after_the_other_brings_the_same_within_its_limit() =>
        Gen.Select(Rows, Gen.Int[0, 400], Gen.Int[1, 4]).Sample((rows, missing, limit) =>
        {
            var left = rows.Select(row => ToRow(row.Worth, row.IsLeaving)).ToList();
            var (brought, open) = (0, missing);
            while (true)
            {
                var (chosen, isEnough) = RecoveryPlan.Choose(left, Units(open), Units(1), limit);
                Assert.True(chosen.Count <= limit);
                Assert.True(isEnough || chosen.Count == limit);
                left.RemoveAll(chosen.Contains);
                brought += chosen.Sum(row => (int)row.Worth.Units);
                open = Math.Max(0, missing - brought);
                if (isEnough) break;
            }
            Assert.True(brought >= missing || left.All(row => row.Worth.IsZero));
        }, iter: TestEffort.Of(2_000));

    [Fact]
    public void Whoever_is_leaving_goes_first() => Gen.Select(Rows, Gen.Int[1, 400]).Sample((rows, missing) =>
    {
        var all = rows.Select(row => ToRow(row.Worth, row.IsLeaving)).ToArray();
        var (chosen, _) = RecoveryPlan.Choose(all, Units(missing), Units(1), limit: 100);
        if (chosen.All(row => row.IsLeaving)) return;
        Assert.All(all.Where(row => row.IsLeaving && !row.Worth.IsZero), row => Assert.Contains(row, chosen));
    }, iter: TestEffort.Of(1_000));

    [Fact]
    public void Every_consumer_is_looked_at_in_its_turn_and_who_is_leaving_each_time()
    {
        CollectablePromise[] rows = [.. Enumerable.Range(0, 7).Select(number => EvidenceSamples.Row(TestWorld.Key($"c{number}"), 10, 1))];
        Gen.Int[1, 9].Sample(
            perLook =>
            {
                var round = new ExitRound(perLook);
                var looks = Enumerable.Range(0, (rows.Length + perLook - 1) / perLook).Select(_ => round.Next(rows)).ToArray();
                Assert.Equal(rows.Length, looks.SelectMany(look => look).Distinct().Count());
                round.Saw([new RowOnChain(rows[3], new Amount(10), IsLeaving: true)]);
                for (var look = 0; look < 10; look++) Assert.Single(round.Next(rows), rows[3]);
                Assert.Equal(new Amount(10), round.Leaving);
                round.Saw([new RowOnChain(rows[3], Amount.Zero, IsLeaving: true)]);
                Assert.True(round.Leaving.IsZero);
            },
            iter: 9);
    }

    private static RowOnChain ToRow(int worth, bool isLeaving) => new(EvidenceSamples.Row(TestWorld.Alice, 60, 1), Units(worth), isLeaving);

    private static Amount Units(int units) => new((UInt128)units);
}
