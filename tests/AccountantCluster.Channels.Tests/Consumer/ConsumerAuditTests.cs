using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>
/// Exits that a signer refuses though the journal holds them. That it refuses no others, every test with a journal asserts.
/// </summary>
public sealed class ConsumerAuditTests
{
    private static readonly ExitConsent Consent = new(Bob, Units(700), Nonce: 0, Deadline: 1_000_000);

    [Fact]
    public void What_the_rules_allow_is_justified()
    {
        var audit = Funded(1_000).Follow(new ConsumerChannelEvent.ConsentGiven(Consent));
        Assert.True(audit.Justifies(Consent));
        Assert.False(audit.Justifies(Consent with { Amount = Units(701) }));
        Assert.False(audit.Justifies(Consent with { Beneficiary = Carol }));
    }

    [Fact]
    public void What_nobody_consented_to_is_not() => Assert.False(Funded(1_000).Justifies(Consent));

    [Fact]
    public void Nor_is_an_exit_with_more_than_is_there()
    {
        var audit = Funded(699).Follow(new ConsumerChannelEvent.ConsentGiven(Consent));
        Assert.False(audit.Justifies(Consent));
    }

    [Fact]
    public void Nor_is_a_second_one_beside_the_first()
    {
        var second = Consent with { Amount = Units(1) };
        var audit = Funded(1_000)
            .Follow(new ConsumerChannelEvent.ConsentGiven(Consent)).Follow(new ConsumerChannelEvent.ConsentGiven(second));
        Assert.False(audit.Justifies(Consent));
        Assert.False(audit.Justifies(second));
    }

    private static ConsumerAudit Funded(UInt128 deposited) => ConsumerAudit.Empty.Follow(new ConsumerChannelEvent.ChainObserved(
        new ConsumerChannelFacts(1, Registered: true, Units(deposited), Amount.Zero, Exiting: false)));
}
