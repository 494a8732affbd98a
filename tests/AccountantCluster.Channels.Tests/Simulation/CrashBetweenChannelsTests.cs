using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// The consumer channel stored a promise, and the process died before the provider channel was credited (protocol §4 rule 2).
/// </summary>
public sealed class CrashBetweenChannelsTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    private readonly JournaledConsumerChannel _consumer = new(deposited: 100);
    private readonly JournaledProviderChannel _provider = new(Alice);

    public CrashBetweenChannelsTests()
    {
        Assert.Equal(RejectionReason.None, _consumer.Offer(Promise(10, Chain.Hashlock(0), Alice, total: 10)).Reason);
        _consumer.Crash();
        _provider.Crash();
    }

    [Fact]
    public void The_retry_is_covered_already_and_brings_the_credit()
    {
        Assert.Equal(RejectionReason.AlreadyCovered, _consumer.Offer(Promise(10, Chain.Hashlock(0), Alice, total: 10)).Reason);
        CarryCredits();
        Assert.Equal(Units(10), _provider.Sign(Chain.Hashlock(0)).Total!.Promised);
    }

    [Fact]
    public void A_later_promise_brings_the_credit_too()
    {
        Assert.Equal(RejectionReason.None, _consumer.Offer(Promise(15, Chain.Hashlock(0), Alice, total: 15)).Reason);
        CarryCredits();
        Assert.Equal(Units(15), _provider.Sign(Chain.Hashlock(0)).Total!.Promised);
    }

    [Fact]
    public void The_credit_counts_once_however_it_comes()
    {
        CarryCredits();
        _consumer.Offer(Promise(10, Chain.Hashlock(0), Alice, total: 10));
        CarryCredits();
        _provider.Crash();
        CarryCredits();
        Assert.Equal(Units(10), _provider.State.Gross);
        _consumer.Acknowledge(Alice, ProviderChannel.CreditedBy(_provider.State, Channel));
        Assert.Empty(_consumer.State.With(Alice).Unacknowledged);
    }

    private void CarryCredits() =>
        _provider.Credit([.. _consumer.State.With(Alice).Unacknowledged.Select(segment => new ConsumerCredit(Channel, segment))]);
}
