using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>
/// Every invariant names the damage it is there for. That sound states break none is checked at every event of every other test.
/// </summary>
public sealed class ProviderChannelInvariantsTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private static readonly ProviderChannelState Sound = MakeSound();

    public static TheoryData<ProviderChannelInvariant, ProviderChannelState> Damages => new()
    {
        { ProviderChannelInvariant.GrossAddsUp, Sound with { CreditedBy = Sound.CreditedBy.SetItem(Channel, Units(29)) } },
        { ProviderChannelInvariant.HashlocksAddUp, Sound with { Revealed = Sound.Revealed - Units(1) } },
        { ProviderChannelInvariant.HashlocksAddUp, Sound with { Open = Sound.Open.Clear() } },
        {
            ProviderChannelInvariant.SignedIsJustified,
            Sound with { LastSigned = Sound.LastSigned! with { Hashlock = TestChain.Of(2).Hashlock(0) } }
        },
        { ProviderChannelInvariant.SignedIsJustified, Sound with { LastSigned = Sound.LastSigned! with { Gross = Units(31) } } },
        { ProviderChannelInvariant.FeeIsTakenOff, Sound with { LastSigned = Sound.LastSigned! with { Promised = Units(30) } } },
        {
            ProviderChannelInvariant.PendingRevealsOpen,
            Sound with { PendingReveals = Sound.PendingReveals.Add(Chain.Hashlock(9), new PendingReveal(Chain.R(8), [Channel])) }
        },
        {
            ProviderChannelInvariant.PreimagesWithinLimit,
            Sound with { KnownPreimages = [.. Enumerable.Range(0, ChannelLimits.PreimagesKept + 1).Select(Chain.R)] }
        },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damage_is_named(ProviderChannelInvariant expected, ProviderChannelState damaged) =>
        Assert.Contains(expected, ProviderChannelInvariants.Check(damaged));

    [Fact]
    public void A_sound_state_breaks_none() => Assert.Empty(ProviderChannelInvariants.Check(Sound));

    [Fact]
    public void What_falls_is_named()
    {
        ProviderChannelInvariant[] expected = [ProviderChannelInvariant.NothingFalls];
        Assert.Empty(ProviderChannelInvariants.CheckStep(Sound, Sound));
        Assert.Equal(expected, ProviderChannelInvariants.CheckStep(Sound, Sound with { Gross = Units(29) }).ToArray());
        Assert.Equal(expected, ProviderChannelInvariants.CheckStep(Sound, Sound with { Revealed = Units(1) }).ToArray());
        Assert.Equal(expected, ProviderChannelInvariants.CheckStep(Sound, Sound with { LastSigned = null }).ToArray());
    }

    // Ten revealed, twenty waiting and signed.
    private static ProviderChannelState MakeSound()
    {
        var channel = new JournaledProviderChannel();
        channel.Credit([new ConsumerCredit(Channel, new CreditSegment(Chain.Hashlock(0), Amount.Zero, Units(10)))], feeBasisPoints: 1_000);
        channel.Prepare([Chain.R(0)]);
        channel.Credit([new ConsumerCredit(Channel, new CreditSegment(Chain.Hashlock(1), Units(10), Units(30)))], feeBasisPoints: 1_000);
        channel.Sign(Chain.Hashlock(1));
        return channel.State;
    }
}
