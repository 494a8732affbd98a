using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>
/// Every invariant names the damage it is there for. That sound states break none is checked at every event of every other test.
/// </summary>
public sealed class ConsumerChannelInvariantsTests
{
    private static readonly ConsumerChannelState Sound = MakeSound();

    public static TheoryData<ConsumerChannelInvariant, ConsumerChannelState> Damages => new()
    {
        {
            ConsumerChannelInvariant.CreditedWithinPromised,
            Sound with { Latest = Promise(19, TestChain.Of(1).Hashlock(0), Alice, total: 1) }
        },
        { ConsumerChannelInvariant.SettleableIsPromised, Sound with { Settleable = Sound.Settleable! with { R = TestChain.Of(9).R(9) } } },
        { ConsumerChannelInvariant.RevealedWithinSettleable, Sound with { Rungs = [] } },
        {
            ConsumerChannelInvariant.StaircaseHolds,
            Sound with { Rungs = [Sound.Rungs[0] with { Highest = Promise(12, TestChain.Of(2).Hashlock(0), Bob, total: 1) }] }
        },
        {
            ConsumerChannelInvariant.RungsInOrder,
            Sound with { Rungs = [Sound.Rungs[0] with { Highest = Promise(10, TestChain.Of(2).Hashlock(0), Bob, total: 1) }] }
        },
        { ConsumerChannelInvariant.RungsInOrder, Sound with { Rungs = [Sound.Rungs[0], Sound.Rungs[0] with { Credit = Amount.Zero }] } },
        { ConsumerChannelInvariant.CreditAddsUp, Sound with { Credited = Units(19) } },
        { ConsumerChannelInvariant.CreditAddsUp, Sound with { Rungs = [Sound.Rungs[0] with { Credit = Units(21) }] } },
        { ConsumerChannelInvariant.AgreementsWithinLimit, Damage(agreements => agreements with { Floor = AgreementId.From(1) }) },
        {
            ConsumerChannelInvariant.UnacknowledgedWithoutGaps,
            Damage(agreements => agreements with { Unacknowledged = [agreements.Unacknowledged[0] with { To = Units(9) }] })
        },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_named(ConsumerChannelInvariant expected, ConsumerChannelState damaged) =>
        Assert.Contains(expected, ConsumerChannelInvariants.Check(damaged));

    [Fact]
    public void A_sound_state_breaks_none() => Assert.Empty(ConsumerChannelInvariants.Check(Sound));

    [Fact]
    public void What_falls_is_named()
    {
        ConsumerChannelInvariant[] expected = [ConsumerChannelInvariant.NothingFalls];
        Assert.Equal(expected, ConsumerChannelInvariants.CheckStep(Sound, Sound with { Latest = null }).ToArray());
        Assert.Equal(expected, ConsumerChannelInvariants.CheckStep(Sound, Sound with { Settleable = null }).ToArray());
        Assert.Equal(expected, ConsumerChannelInvariants.CheckStep(Sound, Sound with { Credited = Units(19) }).ToArray());
        var without = Sound with { Agreements = Sound.Agreements.Remove(Bob) };
        Assert.Equal(expected, ConsumerChannelInvariants.CheckStep(Sound, without, Bob).ToArray());
    }

    [Fact]
    public void A_promise_above_the_deposit_is_named_when_it_is_made_and_not_after_an_exit()
    {
        var spent = Sound with { Facts = Sound.Facts with { Deposited = Units(5) } };
        Assert.Empty(ConsumerChannelInvariants.CheckStep(Sound, spent));
        var raised = spent with { Latest = Promise(25, TestChain.Of(2).Hashlock(0), Bob, total: 1) };
        Assert.Equal([ConsumerChannelInvariant.PromisedRisesWithinDeposited], ConsumerChannelInvariants.CheckStep(spent, raised).ToArray());
    }

    // Ten revealed of Alice, ten waiting of Bob.
    private static ConsumerChannelState MakeSound()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(10, TestChain.Of(1).Hashlock(0), Alice, total: 10), TestChain.Of(1).R(0));
        channel.Offer(Promise(20, TestChain.Of(2).Hashlock(0), Bob, total: 10));
        return channel.State;
    }

    private static ConsumerChannelState Damage(Func<ProviderAgreements, ProviderAgreements> damage) =>
        Sound with { Agreements = Sound.Agreements.SetItem(Alice, damage(Sound.With(Alice))) };
}
