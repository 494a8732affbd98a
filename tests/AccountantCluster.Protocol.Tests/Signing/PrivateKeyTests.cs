using System.Reflection;

namespace AccountantCluster.Protocol.Tests.Signing;

public sealed class PrivateKeyTests
{
    private const string LargestKey = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140";

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000002", "0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF")]
    // The first account of anvil and of everybody else's development chain.
    [InlineData("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80", "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    public void Gives_the_known_address(string secret, string address)
    {
        using var key = new PrivateKey(Convert.FromHexString(secret));
        Assert.Equal(address, key.Address.ToChecksumString());
        Assert.Equal(key.Address, key.PublicKey.ToAddress());
    }

    [Fact]
    public void One_gives_the_generator()
    {
        using var key = new PrivateKey(Bytes32.FromUInt128(1).ToArray());
        Assert.Equal("0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", key.PublicKey.X.ToString());
        Assert.Equal("0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8", key.PublicKey.Y.ToString());
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("01")]
    [InlineData("")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000001")]
    public void Refuses_what_is_no_key_without_showing_it(string secret)
    {
        var problem = Assert.Throws<ArgumentException>(() => new PrivateKey(Convert.FromHexString(secret)));
        if (secret.Length > 2) Assert.DoesNotContain(secret, problem.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_largest_key_is_one()
    {
        using var key = new PrivateKey(Convert.FromHexString(LargestKey));
        // n − 1 gives the generator's mirror image.
        Assert.Equal("0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", key.PublicKey.X.ToString());
    }

    [Fact]
    public void Is_never_shown()
    {
        using var key = new PrivateKey(Convert.FromHexString(LargestKey));
        Assert.Equal($"key of {key.Address}", key.ToString());
        foreach (var property in typeof(PrivateKey).GetProperties(BindingFlags.Public | BindingFlags.Instance))
            Assert.DoesNotContain(LargestKey, property.GetValue(key)!.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Is_wiped_on_disposal_and_useless_afterwards()
    {
        var key = PrivateKey.Generate();
        var fields = typeof(PrivateKey).GetFields(BindingFlags.NonPublic | BindingFlags.Instance);
        var bytes = (byte[])fields.Single(field => field.FieldType == typeof(byte[])).GetValue(key)!;
        Assert.Contains(bytes, b => b != 0);
        key.Dispose();
        Assert.All(bytes, b => Assert.Equal(0, b));
        Assert.Throws<ObjectDisposedException>(() => key.CopyTo(new byte[PrivateKey.Length]));
        // Who it was is no secret.
        Assert.False(key.Address.IsZero);
        key.Dispose();
    }

    [Fact]
    public void Keeps_its_own_copy()
    {
        var bytes = Convert.FromHexString(LargestKey);
        using var key = new PrivateKey(bytes);
        Array.Clear(bytes);
        key.CopyTo(bytes);
        Assert.Equal(LargestKey, Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void New_keys_differ()
    {
        using PrivateKey first = PrivateKey.Generate(), second = PrivateKey.Generate();
        Assert.NotEqual(first.Address, second.Address);
    }
}
