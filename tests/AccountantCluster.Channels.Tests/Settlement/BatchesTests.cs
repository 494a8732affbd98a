using System.Collections.Immutable;
using AccountantCluster.Channels.Settlement;
using CsCheck;

namespace AccountantCluster.Channels.Tests.Settlement;

public sealed class BatchesTests
{
    [Fact]
    public void No_rows_are_no_transaction() => Assert.Empty(Batches.Cut(ImmutableArray<int>.Empty, 1, 1, 1));

    [Fact]
    public void A_row_that_is_dearer_than_a_transaction_may_be_goes_alone()
    {
        var batches = Batches.Cut(ImmutableArray.Create(1, 2), gasPerRow: 100, gasPerBatch: 10, maxRows: 9);
        Assert.Equal([[1], [2]], batches.Select(batch => batch.ToArray()));
    }

    [Fact]
    public void What_cannot_be_cut_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Batches.Cut(ImmutableArray.Create(1), gasPerRow: 0, gasPerBatch: 1, maxRows: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Batches.Cut(ImmutableArray.Create(1), gasPerRow: 1, gasPerBatch: 1, maxRows: 0));
    }

    [Fact]
    public void All_rows_are_in_it_in_their_order_and_no_transaction_is_too_large() =>
        Gen.Select(Gen.Int[0, 1_000], Gen.ULong[1, 100_000], Gen.ULong[1, 10_000_000], Gen.Int[1, 300]).Sample(
            (count, gasPerRow, gasPerBatch, maxRows) =>
            {
                var rows = Enumerable.Range(0, count).ToImmutableArray();
                var batches = Batches.Cut(rows, gasPerRow, gasPerBatch, maxRows);
                Assert.Equal(rows, batches.SelectMany(batch => batch));
                Assert.All(batches, batch => Assert.InRange(batch.Length, 1, maxRows));
                Assert.All(batches, batch => Assert.True(batch.Length == 1 || (ulong)batch.Length * gasPerRow <= gasPerBatch));
            },
            iter: TestEffort.Of(300));
}
