using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Observation;

public sealed class BlockTrailTests
{
    [Fact]
    public void It_ends_where_everything_was_read()
    {
        Assert.Null(BlockTrail.Empty.Newest);
        Assert.Equal(At(7), BlockTrail.Empty.Add(At(3)).Add(At(7)).Newest);
    }

    [Fact]
    public void Nothing_is_read_twice()
    {
        var trail = BlockTrail.Empty.Add(At(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => trail.Add(At(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => trail.Add(At(2)));
    }

    [Fact]
    public void Going_back_drops_what_lies_above()
    {
        var trail = BlockTrail.Empty.Add(At(3)).Add(At(7)).Add(At(9));
        Assert.Equal(At(7), trail.BackTo(8).Newest);
        Assert.Equal(At(7), trail.BackTo(7).Newest);
        Assert.Null(trail.BackTo(2).Newest);
        Assert.Equal(At(8), trail.BackTo(7).Add(At(8)).Newest);
    }

    [Fact]
    public void It_keeps_so_many_and_forgets_the_oldest()
    {
        var trail = BlockTrail.Empty;
        for (var number = 1ul; number <= BlockTrail.Kept + 5; number++) trail = trail.Add(At(number));
        Assert.Equal(BlockTrail.Kept, trail.Positions.Count);
        Assert.Equal((At(6), At(BlockTrail.Kept + 5)), (trail.Positions[0], trail.Newest));
    }

    private static BlockPosition At(ulong number) => new(number, Bytes32.FromUInt128(number));
}
