namespace AccountantCluster.Protocol.Tests.Signing;

public sealed class SignatureTests
{
    private static readonly Signature Some = new ManagedCurve().Sign(SignatureCases.Digest("some"), TestKeys.Named("signature"));

    [Fact]
    public void Bytes_bring_it_back()
    {
        Assert.True(Signature.TryParse(Some.ToArray(), out var read));
        Assert.True(read == Some && !(read != Some) && read.Equals((object)Some));
        Assert.Equal(Some.GetHashCode(), read.GetHashCode());
        Assert.Equal("0x" + Convert.ToHexStringLower(Some.ToArray()), Some.ToString());
    }

    [Fact]
    public void R_s_and_v_all_count()
    {
        foreach (var place in new[] { 31, 63, 64 })
        {
            var bytes = Some.ToArray();
            bytes[place] = place == 64 ? (byte)(55 - bytes[place]) : (byte)(bytes[place] ^ 1);
            Assert.True(Signature.TryParse(bytes, out var other));
            Assert.NotEqual(Some, other);
        }
    }

    [Fact]
    public void Every_valid_case_is_canonical_and_a_refused_one_leaves_nothing()
    {
        foreach (var row in SignatureCases.All)
        {
            var parsed = Signature.TryParse(row.Signature, out var signature);
            if (row.Valid) Assert.True(parsed, row.Name);
            Assert.Equal(parsed ? row.Signature : new byte[Signature.Length], signature.ToArray());
        }
    }

    [Fact]
    public void Public_keys_are_equal_by_both_coordinates()
    {
        var key = TestKeys.Named("signature").PublicKey;
        Assert.True(key == new PublicKey(key.X, key.Y) && key.Equals((object)new PublicKey(key.X, key.Y)));
        Assert.True(key != new PublicKey(key.X, key.X) && key != new PublicKey(key.Y, key.Y));
        Assert.Equal(key.GetHashCode(), new PublicKey(key.X, key.Y).GetHashCode());
    }
}
