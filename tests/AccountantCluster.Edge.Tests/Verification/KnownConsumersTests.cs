using AccountantCluster.Edge.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Verification;

public class KnownConsumersTests
{
    [Fact]
    public void It_never_grows_above_its_capacity_and_forgets_the_oldest()
    {
        const int Capacity = 10;
        var known = new KnownConsumers(Capacity);

        for (var i = 0; i < 100; i++)
        {
            known.Add(IdentityOf(i), default);
            Assert.InRange(known.Count, 1, Capacity + 2);
        }

        Assert.True(known.TryGet(IdentityOf(99), out _));
        Assert.False(known.TryGet(IdentityOf(0), out _));
    }

    [Fact]
    public void Who_is_seen_again_and_again_is_not_forgotten()
    {
        var known = new KnownConsumers(10);
        var regular = new KnownConsumer(IdentityOf(1000), TestKeys.Alice.PublicKey);
        known.Add(TestKeys.Alice.Address, regular);

        for (var i = 0; i < 100; i++)
        {
            known.Add(IdentityOf(i), default);
            Assert.True(known.TryGet(TestKeys.Alice.Address, out var found));
            Assert.Equal(regular, found);
        }
    }

    private static Address IdentityOf(int number) => new(TestKeys.Word($"identity {number}").ToArray().AsSpan(12));
}
