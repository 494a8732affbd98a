using CsCheck;

namespace AccountantCluster.Protocol.Tests.Wire;

public sealed class WireFormatTests
{
    private static readonly string Ones16 = new('f', 32);

    [Theory]
    [InlineData("01", "1")]
    [InlineData("ff", "255")]
    [InlineData("0100", "256")]
    [InlineData("ffffffffffffffffffffffffffffffff", "340282366920938463463374607431768211455")]
    public void Reads_canonical_amounts(string wire, string expected)
    {
        Assert.True(WireFormat.TryReadAmount(Convert.FromHexString(wire), allowZero: false, out var amount, out var reason));
        Assert.Equal(RejectionReason.None, reason);
        Assert.Equal(Amount.Parse(expected), amount);
        Assert.Equal(wire, Convert.ToHexStringLower(WireFormat.ToWire(amount)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("0100000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Refuses_zero_and_2_to_the_128_as_out_of_range(string wire)
    {
        Assert.False(WireFormat.TryReadAmount(Convert.FromHexString(wire), allowZero: false, out var amount, out var reason));
        Assert.Equal(RejectionReason.AmountOutOfRange, reason);
        Assert.Equal(Amount.Zero, amount);
    }

    [Theory]
    [InlineData("0001")]
    [InlineData("00ffffffffffffffffffffffffffffffff")]
    [InlineData("01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000")]
    public void Refuses_leading_zeros_and_more_than_32_bytes_as_malformed(string wire)
    {
        foreach (var allowZero in new[] { false, true })
        {
            Assert.False(WireFormat.TryReadAmount(Convert.FromHexString(wire), allowZero, out _, out var reason));
            Assert.Equal(RejectionReason.Malformed, reason);
        }
    }

    [Fact]
    public void Zero_is_no_bytes_where_it_is_allowed()
    {
        Assert.True(WireFormat.TryReadAmount([], allowZero: true, out var amount, out var reason));
        Assert.Equal((Amount.Zero, RejectionReason.None), (amount, reason));
        Assert.Empty(WireFormat.ToWire(Amount.Zero));
        Assert.False(WireFormat.TryReadAmount([0], allowZero: true, out _, out reason));
        Assert.Equal(RejectionReason.Malformed, reason);
    }

    [Fact]
    public void Every_amount_survives_the_way_and_has_one_form() =>
        Generate.Amount.Sample(amount =>
        {
            var wire = WireFormat.ToWire(amount);
            return WireFormat.TryReadAmount(wire, allowZero: true, out var read, out _) && read == amount
                && !WireFormat.TryReadAmount([0, .. wire], allowZero: true, out _, out _);
        });

    [Fact]
    public void Bytes_are_read_or_refused_with_a_reason() =>
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            var read = WireFormat.TryReadAmount(bytes, allowZero: false, out var amount, out var reason);
            return read ? reason == RejectionReason.None && WireFormat.ToWire(amount).AsSpan().SequenceEqual(bytes) : reason != RejectionReason.None;
        });

    [Fact]
    public void Agreement_ids_have_up_to_32_bytes_without_leading_zeros()
    {
        Assert.True(WireFormat.TryReadAgreementId([], out var zero, out _));
        Assert.Equal(AgreementId.From(0), zero);
        Assert.True(WireFormat.TryReadAgreementId([1, 0], out var id, out _));
        Assert.Equal(AgreementId.From(256), id);
        var largest = Convert.FromHexString(Ones16 + Ones16);
        Assert.True(WireFormat.TryReadAgreementId(largest, out var last, out _));
        Assert.Equal(largest, WireFormat.ToWire(last));
        Assert.Equal([1, 0], WireFormat.ToWire(id));
        Assert.Empty(WireFormat.ToWire(zero));

        Assert.False(WireFormat.TryReadAgreementId([0], out _, out var reason));
        Assert.Equal(RejectionReason.Malformed, reason);
        Assert.False(WireFormat.TryReadAgreementId([1, .. largest], out _, out reason));
        Assert.Equal(RejectionReason.Malformed, reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(21)]
    [InlineData(31)]
    [InlineData(33)]
    public void Fixed_lengths_are_exact(int length)
    {
        var bytes = new byte[length];
        Assert.False(WireFormat.TryReadAddress(bytes, out _, out var address));
        Assert.False(WireFormat.TryReadBytes32(bytes, out _, out var word));
        Assert.False(WireFormat.TryReadHashlock(bytes, out _, out var hashlock));
        Assert.False(WireFormat.TryReadPreimage(bytes, out _, out var preimage));
        Assert.Equal(
            [RejectionReason.Malformed, RejectionReason.Malformed, RejectionReason.Malformed, RejectionReason.Malformed],
            new[] { address, word, hashlock, preimage });
    }

    [Fact]
    public void Fixed_lengths_keep_their_bytes()
    {
        var bytes = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();
        Assert.True(WireFormat.TryReadAddress(bytes.AsSpan(0, 20), out var address, out _));
        Assert.Equal(bytes[..20], address.ToArray());
        Assert.True(WireFormat.TryReadBytes32(bytes, out var word, out _));
        Assert.True(WireFormat.TryReadHashlock(bytes, out var hashlock, out _));
        Assert.True(WireFormat.TryReadPreimage(bytes, out var r, out _));
        Assert.Equal(bytes, word.ToArray());
        Assert.Equal((word, word), (hashlock.Value, r.Value));
    }

    [Fact]
    public void Anything_but_a_canonical_signature_is_an_invalid_one()
    {
        var key = TestKeys.Named("wire");
        var signature = Curve.Default.Sign(default, key);
        Assert.True(WireFormat.TryReadSignature(signature.ToArray(), out var read, out var reason));
        Assert.Equal((signature, RejectionReason.None), (read, reason));

        byte[][] refused = [[], signature.ToArray()[..64], [.. signature.ToArray(), 0], [.. signature.ToArray()[..64], 0]];
        foreach (var bytes in refused)
        {
            Assert.False(WireFormat.TryReadSignature(bytes, out _, out reason));
            Assert.Equal(RejectionReason.InvalidSignature, reason);
        }
    }
}
