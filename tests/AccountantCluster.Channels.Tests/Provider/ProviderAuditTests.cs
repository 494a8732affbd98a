using System.Collections.Immutable;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>
/// What a signer refuses though the journal holds it. That it refuses nothing else, every test with a journal asserts.
/// </summary>
public sealed class ProviderAuditTests
{
    private const ushort FeeBasisPoints = 100;

    private static readonly TestChain Chain = TestChain.Of(1);
    private static readonly TestChain Other = TestChain.Of(2);
    private static readonly SignedTotal Right = new(Chain.Hashlock(0), Units(1_000), Units(990), Chain.Position(0));

    [Fact]
    public void What_the_rules_name_is_justified() => Assert.True(Credited().Follow(Authorise(Right)).Justifies(Right));

    [Fact]
    public void A_total_that_nobody_authorised_is_not() => Assert.False(Credited().Justifies(Right));

    [Fact]
    public void Nor_is_another_one_than_was_authorised_last()
    {
        var audit = Credited().Follow(Authorise(Right));
        Assert.False(audit.Justifies(Right with { Promised = Units(991) }));
        Assert.False(audit.Justifies(Right with { Hashlock = Chain.Hashlock(1) }));
        Assert.False(audit.Justifies(Right with { Position = null }));
    }

    public static TheoryData<string, SignedTotal> Doctored => new()
    {
        { "more than is credited", Right with { Gross = Units(1_100), Promised = Units(1_089) } },
        { "less than is credited", Right with { Gross = Units(900), Promised = Units(891) } },
        { "without the fee", Right with { Promised = Units(1_000) } },
        { "under a hashlock that opens nothing", Right with { Hashlock = Other.Hashlock(0) } },
    };

    [Theory]
    [MemberData(nameof(Doctored))]
    public void Nor_is_what_the_rules_do_not_name(string what, SignedTotal doctored)
    {
        Assert.NotEmpty(what);
        var audit = Credited().Follow(Authorise(doctored));
        Assert.False(audit.Justifies(doctored));
        Assert.Equal(doctored, audit.State.LastSigned);
    }

    [Fact]
    public void Nor_is_what_is_authorised_before_the_R_that_it_waits_for()
    {
        var (audit, other) = (Credited().Follow(Authorise(Right)), new SignedTotal(Other.Hashlock(0), Units(5), Units(5), null));
        audit = audit.Follow(Credit(Bob, Other.Hashlock(0), 0, 5));
        // L and a little more by the R of the little more.
        Assert.False(audit.Follow(Authorise(other with { Gross = Units(1_005), Promised = Units(995) })).Justifies(other));
        Assert.False(audit.Follow(Authorise(other)).Justifies(other));
    }

    [Fact]
    public void Once_the_books_are_right_again_their_totals_are_justified_again()
    {
        var audit = Credited().Follow(Authorise(Right with { Gross = Units(900), Promised = Units(891) }));
        Assert.True(audit.Follow(Authorise(Right)).Justifies(Right));
    }

    [Theory]
    [InlineData(11, 12)] // A gap.
    [InlineData(9, 12)] // A part counts twice.
    [InlineData(10, 10)] // Nothing.
    public void Credit_that_does_not_begin_where_the_known_credit_ends_stops_the_reading(uint from, uint to)
    {
        var audit = ProviderAudit.Empty.Follow(Credit(Alice, Chain.Hashlock(0), 0, 10));
        Assert.Throws<InvalidOperationException>(() => audit.Follow(Credit(Alice, Chain.Hashlock(0), from, to)));
        Assert.Throws<InvalidOperationException>(() => ProviderAudit.Empty.Follow(new ProviderChannelEvent.CreditsRecorded(
            [Recorded(Alice, Chain.Hashlock(0), 0, 10), Recorded(Alice, Chain.Hashlock(0), from, to)])));
    }

    [Fact]
    public void A_snapshot_that_does_not_add_up_justifies_nothing()
    {
        var sound = Credited().Follow(Authorise(Right)).State;
        Assert.True(ProviderAudit.From(sound).Justifies(Right));
        Assert.False(ProviderAudit.From(sound with { Gross = Units(1_001) }).Justifies(Right));
        var more = Right with { Gross = Units(1_100), Promised = Units(1_089) };
        Assert.False(ProviderAudit.From(sound with { LastSigned = more }).Justifies(more));
    }

    private static ProviderAudit Credited() => ProviderAudit.Empty
        .Follow(new ProviderChannelEvent.FeeChanged(FeeBasisPoints))
        .Follow(Credit(Alice, Chain.Hashlock(0), 0, 1_000));

    private static ProviderChannelEvent.PromiseAuthorised Authorise(SignedTotal total) =>
        new ProviderChannelEvent.PromiseAuthorised(total, IsRevealed: false);

    private static ProviderChannelEvent.CreditsRecorded Credit(Address channel, Hashlock hashlock, UInt128 from, UInt128 to) =>
        new ProviderChannelEvent.CreditsRecorded(ImmutableArray.Create(Recorded(channel, hashlock, from, to)));

    private static RecordedCredit Recorded(Address channel, Hashlock hashlock, UInt128 from, UInt128 to) =>
        new(channel, new CreditSegment(hashlock, new Amount(from), new Amount(to)), KnownR: null);
}
