using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>What a consented exit may take is off deposited before anybody signs, and until it cannot be paid any more (protocol §6).</summary>
public sealed class ExitConsentTests
{
    private const ulong Now = 1_000_000;

    private static readonly TestChain Chain = TestChain.Of(1);

    private static readonly ConsumerChannelFacts Confirmed =
        new(Block: 10, Registered: true, Units(100), Amount.Zero, Exiting: false) { Nonce = 4, Time = Now - 100 };

    private static readonly ExitConsent Consent = new(Bob, Units(70), Nonce: 4, Deadline: Now + 60);

    private readonly JournaledConsumerChannel _channel = new(0);

    public ExitConsentTests() => _channel.Observe(Confirmed);

    [Fact]
    public void Its_amount_cannot_be_spent()
    {
        Assert.Equal(RejectionReason.None, _channel.Consent(Consent, Now));
        _channel.Crash();
        Assert.Equal(Units(30), _channel.State.Deposited);
        Assert.Equal(RejectionReason.Overspend, Pay(31));
        Assert.Equal(RejectionReason.None, Pay(30));
    }

    [Fact]
    public void What_is_promised_cannot_leave()
    {
        Pay(31);
        Assert.Equal(RejectionReason.Overspend, _channel.Consent(Consent, Now));
        Assert.Equal(RejectionReason.Overspend, _channel.Consent(Consent with { Amount = Amount.MaxValue }, Now));
        Assert.Equal(RejectionReason.None, _channel.Consent(Consent with { Amount = Units(69) }, Now));
    }

    [Fact]
    public void The_same_one_again_is_given_again()
    {
        _channel.Consent(Consent, Now);
        var before = _channel.State;
        Assert.Equal(RejectionReason.None, _channel.Consent(Consent, Now));
        Assert.Same(before, _channel.State);
    }

    [Fact]
    public void Another_one_waits_for_the_end_of_the_first()
    {
        _channel.Consent(Consent with { Amount = Units(1) }, Now);
        Assert.Equal(RejectionReason.ChannelExiting, _channel.Consent(Consent with { Amount = Units(2) }, Now));
        _channel.Observe(Confirmed with { Block = 11, Nonce = 5, Deposited = Units(99) });
        Assert.Equal(RejectionReason.None, _channel.Consent(Consent with { Amount = Units(2), Nonce = 5 }, Now));
        Assert.Equal(Units(97), _channel.State.Deposited);
    }

    /// <summary>The nonce and the balance are of one block: nothing is taken off twice, and nothing comes back in between.</summary>
    [Fact]
    public void It_ends_with_its_nonce()
    {
        _channel.Consent(Consent, Now);
        _channel.Observe(Confirmed with { Block = 11, Nonce = 5, Deposited = Units(30) });
        Assert.Equal(Units(30), _channel.State.Deposited);
        Assert.Null(_channel.State.OutstandingConsent);
    }

    [Fact]
    public void It_ends_when_its_deadline_has_passed_at_a_confirmed_block()
    {
        _channel.Consent(Consent, Now);
        _channel.Observe(Confirmed with { Block = 11, Time = Consent.Deadline });
        Assert.Equal(Units(30), _channel.State.Deposited);
        _channel.Observe(Confirmed with { Block = 12, Time = Consent.Deadline + 1 });
        Assert.Equal(Units(100), _channel.State.Deposited);
    }

    [Fact]
    public void What_can_never_be_paid_is_not_signed()
    {
        Assert.Equal(RejectionReason.Malformed, _channel.Consent(Consent with { Beneficiary = default }, Now));
        Assert.Equal(RejectionReason.Malformed, _channel.Consent(Consent with { Nonce = 3 }, Now));
        Assert.Equal(RejectionReason.Malformed, _channel.Consent(Consent with { Deadline = Now - 1 }, Now));
        Assert.Equal(RejectionReason.Malformed, _channel.Consent(Consent with { Deadline = Confirmed.Time - 1 }, now: 0));
        Assert.Equal(RejectionReason.AmountOutOfRange, _channel.Consent(Consent with { Amount = Amount.Zero }, Now));
    }

    [Fact]
    public void Nobody_keeps_money_waiting_for_longer_than_the_limit()
    {
        var longest = Consent with { Deadline = Now + ChannelLimits.ConsentSeconds };
        Assert.Equal(RejectionReason.LimitExceeded, _channel.Consent(longest with { Deadline = longest.Deadline + 1 }, Now));
        Assert.Equal(RejectionReason.None, _channel.Consent(longest, Now));
    }

    [Fact]
    public void An_unregistered_or_frozen_channel_gets_no_consent()
    {
        Assert.Equal(
            RejectionReason.UnknownChannel, ConsumerExit.DecideConsent(ConsumerChannelState.Empty, Consent, Now).Reason);
        _channel.Freeze(true);
        Assert.Equal(RejectionReason.ChannelFrozen, _channel.Consent(Consent, Now));
    }

    /// <summary>Who has announced an exit need not wait for it where the operator consents.</summary>
    [Fact]
    public void An_open_request_is_no_hindrance()
    {
        _channel.SeeExit(block: 12);
        Assert.Equal(RejectionReason.None, _channel.Consent(Consent, Now));
    }

    private RejectionReason Pay(uint total) => _channel.Offer(Promise(total, Chain.Hashlock(0), Alice, total)).Reason;
}
