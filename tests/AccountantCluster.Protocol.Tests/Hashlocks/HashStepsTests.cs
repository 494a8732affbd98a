using CsCheck;

namespace AccountantCluster.Protocol.Tests.Hashlocks;

public sealed class HashStepsTests
{
    private static readonly HashChain Chain =
        HashChain.Derive(TestKeys.SecretOf("hash steps").ToArray(), chainId: 1, default, default, instance: 1);

    [Fact]
    public void A_newer_hashlock_leads_down_to_the_R_of_an_older_one_within_16_steps() =>
        Gen.Select(Gen.UInt[0, ProtocolLimits.WindowsPerChain - 40], Gen.UInt[1, 32]).Sample((window, distance) =>
        {
            var found = HashSteps.Find(Chain.Hashlock(window + distance).Value, Chain.Hashlock(window));
            return distance <= ProtocolLimits.HashSteps ? found == Chain.R(window) : found is null;
        });

    [Fact]
    public void An_R_leads_down_to_its_own_hashlock_and_15_older_ones() =>
        Gen.Select(Gen.UInt[20, ProtocolLimits.WindowsPerChain - 1], Gen.UInt[0, 20]).Sample((window, distance) =>
        {
            var found = HashSteps.Find(Chain.R(window).Value, Chain.Hashlock(window - distance));
            return distance < ProtocolLimits.HashSteps ? found == Chain.R(window - distance) : found is null;
        });

    [Fact]
    public void No_hashlock_leads_to_itself_or_to_a_newer_one()
    {
        Assert.Null(HashSteps.Find(Chain.Hashlock(100).Value, Chain.Hashlock(100)));
        Assert.Null(HashSteps.Find(Chain.Hashlock(100).Value, Chain.Hashlock(101)));
    }

    [Fact]
    public void Another_chain_leads_nowhere()
    {
        var other = HashChain.Derive(TestKeys.SecretOf("hash steps").ToArray(), chainId: 1, default, default, instance: 2);
        Assert.Null(HashSteps.Find(other.R(100).Value, Chain.Hashlock(99)));
    }

    [Fact]
    public void What_was_found_renews_the_16_steps()
    {
        HashSet<Hashlock> wanted = [Chain.Hashlock(95), Chain.Hashlock(80), Chain.Hashlock(64), Chain.Hashlock(47)];
        var opened = HashSteps.OpenedBy(Chain.R(100).Value, wanted.Contains).ToArray();
        // 64 lies 16 below 80 and is reached; 47 lies 17 below 64 and is not.
        Assert.Equal([Chain.R(95), Chain.R(80), Chain.R(64)], opened);
    }

    [Fact]
    public void The_search_ends_where_nothing_is_found()
    {
        var asked = 0;
        var opened = HashSteps.OpenedBy(Chain.R(100).Value, _ =>
        {
            asked++;
            return false;
        });
        Assert.Empty(opened);
        Assert.Equal(ProtocolLimits.HashSteps, asked);
    }
}
