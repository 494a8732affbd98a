using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>Paying before the registration is mined (protocol §4, paper §4.7).</summary>
public sealed class OpeningTests
{
    private const ulong Now = 1_000_000;
    private const ulong Hour = 3_600;
    private const ulong Deadline = Now + Hour;

    private static readonly OpeningPolicy Policy =
        new() { Limit = Units(50), TotalLimit = Units(100), PerHour = 5, MinimumSeconds = 1_800 };

    private static readonly TestChain Chain = TestChain.Of(800_000);

    private readonly JournaledConsumerChannel _channel = JournaledConsumerChannel.Unknown();

    [Fact]
    public void A_held_registration_alone_lets_nothing_be_spent()
    {
        Assert.Equal(RejectionReason.UnknownChannel, Pay(1));
        Hold(Opening(Deadline));
        Assert.Equal(RejectionReason.UnknownChannel, Pay(1));
        Observe(block: 1, tokens: 1_000, granted: 0);
        Assert.Equal(RejectionReason.UnknownChannel, Pay(1));
    }

    [Fact]
    public void Tokens_without_a_held_registration_let_nothing_be_spent()
    {
        Observe(block: 1, tokens: 1_000, granted: 50);
        Assert.Equal(RejectionReason.UnknownChannel, Pay(1));
    }

    [Theory]
    [InlineData(1_000, 50, 0, 0, 50)]
    [InlineData(1_000, 50, 5, 7, 50)]
    [InlineData(40, 50, 0, 0, 40)]
    [InlineData(40, 50, 5, 7, 28)]
    [InlineData(12, 50, 5, 7, 0)]
    [InlineData(3, 50, 5, 7, 0)]
    public void What_can_be_spent_is_what_was_granted_of_what_registration_leaves(
        int tokens, int granted, int registrationFee, int fee, int spendable)
    {
        Hold(Opening(Deadline, (UInt128)fee, (UInt128)registrationFee));
        Observe(block: 1, (UInt128)tokens, (UInt128)granted);

        Assert.Equal(Units((UInt128)spendable), _channel.State.Deposited);
        Assert.Equal(spendable == 0 ? RejectionReason.UnknownChannel : RejectionReason.Overspend, Pay((UInt128)spendable + 1));
        if (spendable > 0) Assert.Equal(RejectionReason.None, Pay((UInt128)spendable));
    }

    [Fact]
    public void Once_registered_the_deposit_takes_over()
    {
        Open(tokens: 1_000);
        Assert.Equal(RejectionReason.None, Pay(50));
        Register(block: 2, deposited: 990);

        Assert.Equal(Units(990), _channel.State.Deposited);
        Assert.Null(_channel.State.Opening);
        Assert.Equal(RejectionReason.None, Pay(990));
        Assert.Equal(RejectionReason.Overspend, Pay(991));
        // The signer, who has read along, justifies what is left beside it.
        Register(block: 3, deposited: 1_000);
        Assert.Equal(RejectionReason.None, _channel.Consent(new ExitConsent(Bob, Units(10), 0, Now + 60), Now));
    }

    [Fact]
    public void Where_the_address_was_drained_what_was_promised_stands_and_nothing_new_is_accepted()
    {
        Open(tokens: 1_000);
        Assert.Equal(RejectionReason.None, Pay(30));
        Register(block: 2, deposited: 0);

        Assert.Equal(RejectionReason.AlreadyCovered, Pay(30));
        Assert.Equal(RejectionReason.Overspend, Pay(31));
        Assert.Equal(Units(30), _channel.State.With(Alice).Unacknowledged[^1].To);
        _channel.Reveal(Chain.R(0));
        Assert.Equal(Units(30), _channel.State.SettleableAmount);
    }

    [Fact]
    public void When_its_time_is_over_what_was_promised_stands_and_nothing_new_is_accepted()
    {
        Open(tokens: 1_000);
        Assert.Equal(RejectionReason.None, Pay(30));
        // By the block's time alone, whatever is said to be granted.
        Observe(block: 2, tokens: 1_000, granted: 50, time: Deadline - ChannelLimits.OpeningMarginSeconds + 1);

        Assert.Equal(RejectionReason.AlreadyCovered, Pay(30));
        Assert.Equal(RejectionReason.UnknownChannel, Pay(31));
        Assert.Equal(Amount.Zero, _channel.State.Deposited);
        Register(block: 3, deposited: 1_000);
        Assert.Equal(RejectionReason.None, Pay(31));
    }

    [Fact]
    public void Falling_tokens_leave_less_to_spend()
    {
        Open(tokens: 45);
        Assert.Equal(RejectionReason.None, Pay(30));
        Observe(block: 2, tokens: 35, granted: 50);
        Assert.Equal(RejectionReason.Overspend, Pay(36));
        Assert.Equal(RejectionReason.None, Pay(35));
        Observe(block: 3, tokens: 20, granted: 50);
        Assert.Equal(RejectionReason.Overspend, Pay(36));
    }

    [Fact]
    public void One_that_holds_longer_takes_its_place()
    {
        Open(tokens: 1_000);
        var longer = Opening(Deadline + 1, fee: 960);
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Hold(Opening(Deadline, fee: 1), Policy, Now));
        Assert.Equal(RejectionReason.None, _channel.Hold(longer, Policy, Now));
        // Again, also when it could not be handed in any more.
        Assert.Equal(RejectionReason.None, _channel.Hold(longer, Policy, Now + Hour - ChannelLimits.OpeningMarginSeconds));
        Assert.Equal(Units(40), _channel.State.Deposited);
    }

    [Fact]
    public void A_registered_channel_holds_none()
    {
        Register(block: 1, deposited: 10);
        Assert.Equal(RejectionReason.AlreadyCovered, _channel.Hold(Opening(Deadline), Policy, Now));
        Assert.Null(_channel.State.Opening);
    }

    [Fact]
    public void A_frozen_channel_takes_none()
    {
        _channel.Freeze(true);
        Assert.Equal(RejectionReason.ChannelFrozen, _channel.Hold(Opening(Deadline), Policy, Now));
    }

    [Theory]
    [InlineData(0UL, 0, RejectionReason.Malformed)]
    [InlineData(Now - 1, 0, RejectionReason.Malformed)]
    [InlineData(Now + 1_799, 0, RejectionReason.Malformed)]
    [InlineData(Now + 1_800, 0, RejectionReason.None)]
    [InlineData(Now + ChannelLimits.OpeningSeconds, 0, RejectionReason.None)]
    [InlineData(Now + ChannelLimits.OpeningSeconds + 1, 0, RejectionReason.LimitExceeded)]
    [InlineData(ulong.MaxValue, 0, RejectionReason.LimitExceeded)]
    [InlineData(Deadline, 1, RejectionReason.AmountOutOfRange)]
    public void Only_what_can_be_mined_in_time_is_held(ulong deadline, int loan, RejectionReason reason)
    {
        Assert.Equal(reason, _channel.Hold(Opening(deadline, loan: (UInt128)loan), Policy, Now));
        Assert.Equal(reason == RejectionReason.None, _channel.State.IsKnown);
    }

    [Fact]
    public void Nothing_is_held_where_the_operator_risks_nothing() =>
        Assert.Equal(RejectionReason.LimitExceeded, _channel.Hold(Opening(Deadline), OpeningPolicy.Off, Now));

    [Fact]
    public void A_fee_for_nobody_cannot_be_mined()
    {
        var opening = Opening(Deadline, fee: 1);
        var forNobody = opening with { Registration = opening.Registration with { TransactionMaker = Address.Zero } };
        Assert.Equal(RejectionReason.Malformed, _channel.Hold(forNobody, Policy, Now));
    }

    [Fact]
    public void Evidence_is_taken_back_within_what_can_be_spent()
    {
        Open(tokens: 1_000);
        var hashlock = Chain.Hashlock(1);
        Assert.Equal(RejectionReason.Overspend, _channel.Import(Promise(51, hashlock, Alice, total: 51), Chain.R(1)));
        Assert.Equal(RejectionReason.None, _channel.Import(Promise(50, hashlock, Alice, total: 50), Chain.R(1)));
    }

    private void Open(UInt128 tokens)
    {
        Hold(Opening(Deadline));
        Observe(block: 1, tokens, granted: 50);
    }

    private void Hold(Opening opening) => Assert.Equal(RejectionReason.None, _channel.Hold(opening, Policy, Now));

    private void Observe(ulong block, UInt128 tokens, UInt128 granted, ulong time = Now) => _channel.Observe(
        new ConsumerChannelFacts(block, Registered: false, Units(tokens), Amount.Zero, Exiting: false)
        {
            Time = time,
            Granted = Units(granted),
        });

    private void Register(ulong block, UInt128 deposited) => _channel.Observe(
        new ConsumerChannelFacts(block, Registered: true, Units(deposited), Amount.Zero, Exiting: false) { Time = Now });

    private RejectionReason Pay(UInt128 total) => _channel.Offer(Promise(total, Chain.Hashlock(0), Alice, total)).Reason;
}
