using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>PROMISE_TOO_LOW carries an amount that passes (protocol §4 rule 3).</summary>
public sealed class PromiseTooLowTests
{
    private static readonly TestChain Chain = TestChain.Of(1);

    [Fact]
    public void What_is_expected_passes_and_is_above_what_was_offered_and_within_the_deposit() =>
        Gen.UInt.Array[5, 80].Sample(
            choices =>
            {
                var tape = new Simulation.Tape(choices);
                var deposited = (UInt128)(uint)(30 + tape.Next(40));
                var channel = new JournaledConsumerChannel(deposited);
                while (!tape.IsAtEnd)
                {
                    var provider = tape.Pick([Alice, Bob, Carol]);
                    var chain = TestChain.Of((uint)tape.Next(4));
                    var window = tape.Next(4);
                    if (tape.Next(8) == 0) channel.Reveal(chain.R(window));
                    var (hashlock, knownR) = (chain.Hashlock(window), tape.Next(4) == 0 ? chain.R(window) : (Preimage?)null);
                    var total = channel.State.With(provider).Totals.GetValueOrDefault(AgreementId.From(1)).Units + (uint)tape.Next(20);
                    var amount = (UInt128)(uint)(1 + tape.Next(50));

                    var credited = channel.State.Credited.Units;
                    var decision = channel.Offer(Promise(amount, hashlock, provider, total), knownR);
                    if (decision.Reason != RejectionReason.PromiseTooLow) continue;

                    var expected = decision.Expected!.Value.Units;
                    Assert.Equal(
                        credited + (total - channel.State.With(provider).Totals.GetValueOrDefault(AgreementId.From(1)).Units), expected);
                    Assert.InRange(expected, amount + 1, deposited);
                    Assert.Equal(RejectionReason.None, channel.Offer(Promise(expected, hashlock, provider, total), knownR).Reason);
                }
            },
            iter: TestEffort.Of(500));

    [Fact]
    public void What_is_expected_above_the_deposit_is_an_overspend()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(60, Chain.Hashlock(0), Alice, total: 60));
        Assert.Equal(RejectionReason.PromiseTooLow, channel.Offer(Promise(60, Chain.Hashlock(0), Bob, total: 40)).Reason);
        Assert.Equal(RejectionReason.Overspend, channel.Offer(Promise(60, Chain.Hashlock(0), Bob, total: 41)).Reason);
    }

    /// <summary>After an exit was paid, promised lies above deposited: to ask for another promise would be in vain.</summary>
    [Fact]
    public void Nothing_is_expected_of_a_channel_whose_money_is_gone()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(90, Chain.Hashlock(0), Alice, total: 1));
        channel.Observe(deposited: 50);
        Assert.Equal(RejectionReason.Overspend, channel.Offer(Promise(1, Chain.Hashlock(0), Bob, total: 20)).Reason);
    }

    [Fact]
    public void Rejections_change_nothing()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(60, Chain.Hashlock(0), Alice, total: 60));
        var before = channel.State;
        channel.Offer(Promise(60, Chain.Hashlock(1), Bob, total: 40));
        Assert.Same(before, channel.State);
    }
}
