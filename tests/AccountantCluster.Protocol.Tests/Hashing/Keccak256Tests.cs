using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace AccountantCluster.Protocol.Tests.Hashing;

public sealed class Keccak256Tests
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("Transfer(address,address,uint256)", "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")]
    public void Gives_the_known_answers(string text, string hash) =>
        Assert.Equal(hash, Keccak256.Hash(Encoding.UTF8.GetBytes(text)).ToString());

    [Fact]
    public void Agrees_with_an_independent_implementation_at_every_length_around_three_blocks()
    {
        var data = Enumerable.Range(0, 420).Select(i => (byte)(i % 251)).ToArray();
        for (var length = 0; length <= data.Length; length++)
        {
            var digest = new KeccakDigest(256);
            digest.BlockUpdate(data, 0, length);
            var expected = new byte[Bytes32.Length];
            digest.DoFinal(expected, 0);
            Assert.True(expected.AsSpan().SequenceEqual(Keccak256.Hash(data.AsSpan(0, length)).ToArray()), $"{length} bytes");
        }
    }

    [Fact]
    public void A_word_is_hashed_as_its_32_bytes()
    {
        var word = Bytes32.Parse("0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        Assert.Equal(Keccak256.Hash(word.ToArray()), Keccak256.Hash(word));
    }
}
