namespace AccountantCluster.Protocol.Tests.Hashlocks;

public sealed class PreimageTests
{
    [Fact]
    public void A_hashlock_is_the_hash_of_the_word_R()
    {
        // cast keccak 0x00…01
        var r = new Preimage(Bytes32.FromUInt128(1));
        Assert.Equal("0xb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6", r.ToHashlock().ToString());
        Assert.True(r.Opens(r.ToHashlock()));
        Assert.False(new Preimage(Bytes32.FromUInt128(2)).Opens(r.ToHashlock()));
    }

    [Fact]
    public void Is_never_shown() => Assert.DoesNotContain("01", $"{new Preimage(Bytes32.FromUInt128(1))}", StringComparison.Ordinal);

    [Fact]
    public void Hashlocks_are_ordered_as_numbers()
    {
        Hashlock low = new(Bytes32.FromUInt128(1)), high = new(Bytes32.FromUInt128(2));
        Assert.True(low < high && low <= high && high > low && high >= low);
        Assert.False(high < low || high <= low || low > high || low >= high);
        Assert.Equal([low, high], new[] { high, low }.Order());
    }
}
