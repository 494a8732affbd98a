using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Consumer;

/// <summary>Protocol §4 rule 3.</summary>
public sealed class StaircaseTests
{
    private static readonly TestChain AliceChain = TestChain.Of(1);
    private static readonly TestChain BobChain = TestChain.Of(2);

    /// <summary>
    /// With "credited ≤ promised" alone, one high promise whose R never comes lets everybody else be credited without cover: 989 of 1,000
    /// were taken.
    /// </summary>
    [Fact]
    public void One_high_promise_whose_R_never_comes_covers_nobody_else()
    {
        var channel = new JournaledConsumerChannel(deposited: 1_000);
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(990, AliceChain.Hashlock(0), Alice, total: 1)).Reason);

        var attack = channel.Offer(Promise(1, BobChain.Hashlock(0), Bob, total: 989));
        Assert.Equal(RejectionReason.PromiseTooLow, attack.Reason);
        Assert.Equal(Units(990), attack.Expected);
        // Revealed credit is no better: the promise it stands under pays 1.
        Assert.Equal(RejectionReason.PromiseTooLow, channel.Offer(Promise(1, BobChain.Hashlock(0), Bob, total: 989), BobChain.R(0)).Reason);
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(1, BobChain.Hashlock(0), Bob, total: 1)).Reason);
    }

    [Fact]
    public void A_step_carries_all_credit_at_or_below_its_amount()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(10, AliceChain.Hashlock(0), Alice, total: 6)).Reason);
        // Ten on a step of ten, of two providers: both fit, and not one more.
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(10, BobChain.Hashlock(0), Bob, total: 4)).Reason);
        Assert.Equal(RejectionReason.PromiseTooLow, channel.Offer(Promise(10, BobChain.Hashlock(0), Bob, total: 5)).Reason);
        Assert.Equal(RejectionReason.None, channel.Offer(Promise(11, BobChain.Hashlock(0), Bob, total: 5)).Reason);
    }

    [Fact]
    public void A_lower_promise_under_the_same_hashlock_does_not_lower_its_step()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(20, AliceChain.Hashlock(0), Alice, total: 5));
        channel.Offer(Promise(5, AliceChain.Hashlock(0), Alice, total: 10));
        var rung = Assert.Single(channel.State.Rungs);
        Assert.Equal((Units(20), Units(10)), (rung.Amount, rung.Credit));
    }

    [Fact]
    public void A_hashlock_of_two_providers_is_two_rungs_and_one_R()
    {
        var channel = new JournaledConsumerChannel(deposited: 100);
        channel.Offer(Promise(10, AliceChain.Hashlock(0), Alice, total: 10));
        channel.Offer(Promise(20, AliceChain.Hashlock(0), Bob, total: 10));
        Assert.Equal(2, channel.State.Rungs.Length);
        channel.Reveal(AliceChain.R(0));
        Assert.Empty(channel.State.Rungs);
        Assert.Equal(Units(20), channel.State.SettleableAmount);
    }

    /// <summary>
    /// The staircase against its purpose, with a book kept apart: whatever is accepted, for every subset of Rs the highest promise that
    /// they open pays for all that was accepted under them.
    /// </summary>
    [Fact]
    public void Every_subset_of_Rs_pays_for_what_was_accepted_under_it() =>
        Gen.UInt.Array[5, 60].Sample(
            choices =>
            {
                var tape = new Simulation.Tape(choices);
                var channel = new JournaledConsumerChannel(deposited: 60);
                // Hashlocks drawn at random: each is the first of a chain of its own.
                var hashlocks = Enumerable.Range(100, 6).Select(number => TestChain.Of((uint)number)).ToArray();
                var (amounts, credits, isKnown) = (new UInt128[6], new UInt128[6], new bool[6]);
                Address[] providers = [Alice, Bob, Carol];
                while (!tape.IsAtEnd)
                {
                    var index = tape.Next(6);
                    var provider = tape.Pick(providers);
                    if (tape.Next(8) == 0)
                    {
                        channel.Reveal(hashlocks[index].R(0));
                        isKnown[index] = true;
                        continue;
                    }
                    UInt128 amount = (uint)(1 + tape.Next(62));
                    var total = channel.State.With(provider).Totals.GetValueOrDefault(AgreementId.From(1)).Units + (uint)tape.Next(20);
                    var knownR = isKnown[index] || tape.Next(10) == 0 ? hashlocks[index].R(0) : (Preimage?)null;
                    var decision = channel.Offer(Promise(amount, hashlocks[index].Hashlock(0), provider, total), knownR);
                    if (decision.Reason != RejectionReason.None) continue;
                    amounts[index] = UInt128.Max(amounts[index], amount);
                    credits[index] += decision.Delta.Units;
                    isKnown[index] |= knownR is not null;
                    for (var subset = 0; subset < 64; subset++)
                    {
                        var (best, credited) = (UInt128.Zero, UInt128.Zero);
                        for (var i = 0; i < 6; i++)
                        {
                            if (!isKnown[i] && (subset & (1 << i)) == 0) continue;
                            best = UInt128.Max(best, amounts[i]);
                            credited += credits[i];
                        }
                        Assert.True(credited <= best, $"Rs that open {best} stand against a credit of {credited}.");
                    }
                }
            },
            iter: TestEffort.Of(400));
}
