using AccountantCluster.Reliability.Faults;
using CsCheck;

namespace AccountantCluster.Reliability.Tests.Faults;

public sealed class ScheduleTests
{
    private const int Nodes = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    [Fact]
    public void Equal_seeds_give_equal_schedules() => Gen.ULong.Sample(
        seed => Assert.Equal(Schedule.Of(seed, Nodes).Faults, Schedule.Of(seed, Nodes).Faults), iter: TestEffort.Of(1_000));

    [Fact]
    public void Other_seeds_give_other_schedules() => Gen.ULong[0, ulong.MaxValue - 1].Sample(
        seed => Assert.NotEqual(Schedule.Of(seed, Nodes).Faults, Schedule.Of(seed + 1, Nodes).Faults), iter: TestEffort.Of(1_000));

    [Fact]
    public void Every_kind_occurs_in_ten_seeds_in_a_row() => Gen.ULong[0, ulong.MaxValue - 10].Sample(
        first =>
        {
            var faults = Enumerable.Range(0, 10).SelectMany(number => Schedule.Of(first + (ulong)number, Nodes).Faults);
            Assert.Equal(Enum.GetValues<FaultKind>(), faults.Select(fault => fault.Kind).Distinct().Order());
        },
        iter: TestEffort.Of(200));

    [Fact]
    public void Faults_hit_nodes_that_there_are_and_end() => Gen.ULong.Sample(
        seed =>
        {
            var faults = Schedule.Of(seed, Nodes).Faults;
            Assert.NotEmpty(faults);
            Assert.All(faults, fault =>
            {
                Assert.InRange(fault.Node, 0, Nodes - 1);
                Assert.InRange(fault.Other, 0, Nodes - 1);
                Assert.NotEqual(fault.Node, fault.Other);
                Assert.InRange(fault.At + fault.Lasts, TimeSpan.Zero, Longest);
            });
        },
        iter: TestEffort.Of(1_000));
}
