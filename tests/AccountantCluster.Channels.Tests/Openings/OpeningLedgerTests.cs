using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Openings;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Openings;

/// <summary>What an accountant risks on all consumers together that are not registered yet.</summary>
public sealed class OpeningLedgerTests
{
    private const ulong Now = 36_000_000;
    private const ulong Hour = 3_600;

    private static readonly OpeningPolicy Policy = new() { Limit = Units(50), TotalLimit = Units(120), PerHour = 3 };
    private static readonly Opening Held = Opening(Now + (12 * Hour));

    private OpeningLedger _ledger = OpeningLedger.Empty;

    [Fact]
    public void Openings_are_granted_up_to_the_limit_of_all()
    {
        Grant(1);
        Grant(2);
        Assert.Equal(Units(100), _ledger.TakenUp(Now));
        Assert.False(Allows(3));
        End(1, lost: 0);
        Assert.True(Allows(3));
        Assert.Equal(Amount.Zero, _ledger.GrantedTo(AddressOf(1), Now));
    }

    [Fact]
    public void A_loss_counts_against_the_limit_of_all_for_its_time()
    {
        Grant(1);
        End(1, lost: 50);
        Grant(2);
        Assert.False(Allows(3));
        Assert.False(Allows(3, Now + ChannelLimits.OpeningLossSeconds - 1));
        End(2, lost: 0);
        Grant(3, Now + Hour);
        Assert.Equal(Units(100), _ledger.TakenUp(Now));
        Assert.Equal(Units(50), _ledger.TakenUp(Now + ChannelLimits.OpeningLossSeconds));
    }

    [Fact]
    public void Only_so_many_begin_in_an_hour()
    {
        for (uint channel = 1; channel <= 3; channel++)
        {
            Grant(channel);
            End(channel, lost: 0);
        }
        Assert.False(Allows(4));
        Assert.False(Allows(4, Now + Hour - 1));
        Assert.True(Allows(4, Now + Hour));
    }

    [Fact]
    public void One_is_granted_again_only_where_it_holds_longer()
    {
        Grant(1);
        Assert.False(Allows(1));
        var longer = Opening(Held.Deadline + 1);
        Assert.True(_ledger.Allows(AddressOf(1), longer, Policy.Limit, Policy, Now));
        _ledger = _ledger.Grant(AddressOf(1), longer, Policy.Limit, Now);
        Assert.Equal(Units(50), _ledger.TakenUp(Now));
    }

    [Fact]
    public void Nothing_is_granted_beyond_its_time()
    {
        Grant(1);
        var end = Held.Deadline - ChannelLimits.OpeningMarginSeconds;
        Assert.Equal(Units(50), _ledger.GrantedTo(AddressOf(1), end));
        Assert.Equal(Amount.Zero, _ledger.GrantedTo(AddressOf(1), end + 1));
        Assert.False(Allows(2, end + 1));
        // It takes up its part until it is known that nothing was lost.
        Assert.Equal(Units(50), _ledger.TakenUp(end + 1));
    }

    [Fact]
    public void Nothing_is_judged_before_the_channel_has_heard_that_it_is_over()
    {
        Grant(1);
        var over = Held.Deadline + 1;
        Assert.Null(Judge(Unregistered(Now, granted: 50), promised: 30));
        Assert.Null(Judge(Unregistered(over, granted: 50), promised: 30));
        Assert.Equal(Units(30), Judge(Unregistered(over, granted: 0), promised: 30));
        Assert.Equal(Amount.Zero, Judge(Unregistered(over, granted: 0), promised: 0));
    }

    [Theory]
    [InlineData(30, 40, 0)]
    [InlineData(30, 30, 0)]
    [InlineData(30, 10, 20)]
    [InlineData(30, 0, 30)]
    public void What_is_lost_on_a_registered_channel_is_what_it_does_not_hold(int promised, int deposited, int lost)
    {
        Grant(1);
        Assert.Equal(Units((UInt128)lost), Judge(Registered((UInt128)deposited, Now), (UInt128)promised));
    }

    [Fact]
    public void A_loss_that_comes_back_is_none()
    {
        Grant(1);
        End(1, lost: 30);
        Assert.Equal(Units(10), Judge(Registered(20, Now), promised: 30));
        End(1, lost: 10);
        Assert.Null(Judge(Registered(20, Now), promised: 30));
        Assert.Equal(Amount.Zero, Judge(Registered(30, Now), promised: 30));
        End(1, lost: 0);
        Assert.Empty(_ledger.Openings);
    }

    [Fact]
    public void One_that_was_never_registered_is_not_forgotten_while_something_is_promised()
    {
        Grant(1);
        End(1, lost: 30);
        var later = Now + (2 * ChannelLimits.OpeningLossSeconds);
        Assert.Null(Judge(Unregistered(later, granted: 0), promised: 30));
        Assert.Equal(Amount.Zero, Judge(Registered(0, later), promised: 30));
    }

    [Fact]
    public void Who_has_little_takes_little_from_others()
    {
        Grant(1);
        Grant(2);
        Assert.True(_ledger.Allows(AddressOf(3), Held, Units(20), Policy, Now));
        Assert.False(_ledger.Allows(AddressOf(3), Held, Units(21), Policy, Now));
        Assert.False(_ledger.Allows(AddressOf(3), Held, Amount.Zero, Policy, Now));
        Assert.False(OpeningLedger.Empty.Allows(AddressOf(3), Held, Units(51), Policy, Now));
        Assert.False(OpeningLedger.Empty.Allows(AddressOf(3), Held, Units(1), OpeningPolicy.Off, Now));
    }

    private bool Allows(uint channel, ulong time = Now) => _ledger.Allows(AddressOf(channel), Held, Policy.Limit, Policy, time);

    private void Grant(uint channel, ulong time = Now)
    {
        Assert.True(Allows(channel, time));
        _ledger = _ledger.Grant(AddressOf(channel), Held, Policy.Limit, time);
    }

    private void End(uint channel, UInt128 lost) => _ledger = _ledger.End(AddressOf(channel), Units(30), Units(lost), Now);

    private Amount? Judge(ConsumerChannelFacts facts, UInt128 promised) => _ledger.Judge(AddressOf(1), facts, Units(promised));

    private static ConsumerChannelFacts Unregistered(ulong time, UInt128 granted) =>
        new(1, Registered: false, Units(1_000), Amount.Zero, Exiting: false) { Time = time, Granted = Units(granted) };

    private static ConsumerChannelFacts Registered(UInt128 deposited, ulong time) =>
        new(1, Registered: true, Units(deposited), Amount.Zero, Exiting: false) { Time = time };
}
