namespace AccountantCluster.Protocol.Tests.Wire;

public sealed class RejectionReasonNamesTests
{
    // The closed set as protocol §4 lists it, in its order; the position is the number on the wire.
    private static readonly string[] ClosedSet =
    [
        "NONE", "MALFORMED", "AMOUNT_OUT_OF_RANGE", "INVALID_SIGNATURE", "UNKNOWN_CHANNEL", "WRONG_PROVIDER", "ALREADY_COVERED", "PROMISE_TOO_LOW",
        "OVERSPEND", "CHANNEL_EXITING", "CHANNEL_FROZEN", "REVEAL_FIRST", "DELTA_TOO_LARGE", "AGREEMENT_CLOSED", "UNKNOWN_HASHLOCK",
        "UNAUTHENTICATED", "LIMIT_EXCEEDED", "OVERLOADED", "OUTCOME_UNKNOWN",
    ];

    [Fact]
    public void Names_are_those_of_the_protocol_in_the_order_of_the_wire() =>
        Assert.Equal(ClosedSet, Enum.GetValues<RejectionReason>().Order().Select(reason => reason.ToName()));

    [Fact]
    public void Numbers_have_no_gaps() =>
        Assert.Equal(Enumerable.Range(0, ClosedSet.Length), Enum.GetValues<RejectionReason>().Order().Select(reason => (int)reason));

    [Fact]
    public void Names_are_read_back()
    {
        foreach (var name in ClosedSet)
        {
            Assert.True(RejectionReasonNames.TryParse(name, out var reason));
            Assert.Equal(name, reason.ToName());
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("overspend")]
    [InlineData("Overspend")]
    [InlineData("8")]
    public void Anything_else_is_no_name(string? text)
    {
        Assert.False(RejectionReasonNames.TryParse(text, out var reason));
        Assert.Equal(RejectionReason.None, reason);
    }

    [Fact]
    public void A_number_outside_the_set_has_no_name() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((RejectionReason)ClosedSet.Length).ToName());
}
