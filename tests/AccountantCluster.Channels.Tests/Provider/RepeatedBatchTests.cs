using AccountantCluster.Channels.Provider;
using AccountantCluster.Channels.Tests.Simulation;
using AccountantCluster.Protocol;
using CsCheck;
using static AccountantCluster.Channels.Tests.Given;

namespace AccountantCluster.Channels.Tests.Provider;

/// <summary>
/// A provider whose answer was lost repeats its batch, however old: all of it is ALREADY_COVERED, the total is signed under a hashlock that
/// nobody opened, or that was forgotten, and nothing else changes (protocol §4, batches).
/// </summary>
public sealed class RepeatedBatchTests
{
    private readonly JournaledProviderChannel _channel = new();

    [Fact]
    public void A_forgotten_window_is_signed_again_and_does_not_hinder_the_next()
    {
        // One hashlock per chain is the paper's way: each R is one to remember.
        for (uint chain = 0; chain <= ChannelLimits.PreimagesKept; chain++)
        {
            Hand(_channel, TestChain.Of(chain), window: 0);
            _channel.Prepare([TestChain.Of(chain).R(0)]);
        }
        Assert.DoesNotContain(TestChain.Of(0).R(0), _channel.State.KnownPreimages);
        var earned = Units(ChannelLimits.PreimagesKept + 1);

        Assert.Equal(earned, Repeat(_channel, TestChain.Of(0), window: 0).Total?.Promised);

        Assert.Empty(_channel.State.Open);
        var current = TestChain.Of(100);
        Hand(_channel, current, window: 0);
        var signed = _channel.Sign(current.Hashlock(0));
        Assert.Equal((RejectionReason.None, earned + Units(1)), (signed.Reason, signed.Total?.Promised));
    }

    /// <summary>What is signed under the open window is more than what is revealed: a lower total is never signed, and nothing is lost.</summary>
    [Fact]
    public void While_the_open_window_is_signed_a_repetition_waits_for_its_R()
    {
        Hand(_channel, TestChain.Of(1), window: 0);
        _channel.Sign(TestChain.Of(1).Hashlock(0));
        var before = _channel.State;

        Assert.Equal(RejectionReason.RevealFirst, Repeat(_channel, TestChain.Of(2), window: 0).Reason);
        Assert.Same(before, _channel.State);

        _channel.Prepare([TestChain.Of(1).R(0)]);
        Assert.Equal(Units(1), Repeat(_channel, TestChain.Of(2), window: 0).Total?.Promised);
    }

    /// <summary>Two channels live the same life, but that one of them hears old batches again and again.</summary>
    [Fact]
    public void Repetitions_change_nothing_for_what_comes_after() => Gen.UInt.Array[60, 600].Sample(
        choices =>
        {
            var (tape, plain, repeating) = (new Tape(choices), new JournaledProviderChannel(), new JournaledProviderChannel());
            var old = new List<(uint Chain, int Window)>();
            var (chain, window) = (0u, 0);
            while (!tape.IsAtEnd)
            {
                foreach (var channel in new[] { plain, repeating }) Hand(channel, TestChain.Of(chain), window);
                var expected = plain.Sign(TestChain.Of(chain).Hashlock(window));
                var signed = repeating.Sign(TestChain.Of(chain).Hashlock(window));
                Assert.Equal((expected.Reason, expected.Total), (signed.Reason, signed.Total));
                Assert.Equal(RejectionReason.None, signed.Reason);
                old.Add((chain, window));

                // A session's last R is revealed explicitly; then a new chain begins.
                if (tape.OneIn(3) || window == TestChain.Windows - 1)
                {
                    foreach (var channel in new[] { plain, repeating }) channel.Prepare([TestChain.Of(chain).R(window)]);
                    (chain, window) = (chain + 1, 0);
                }
                else
                {
                    window += 1 + tape.Next(2);
                    window = Math.Min(window, TestChain.Windows - 1);
                }
                for (var count = tape.Next(3); count > 0; count--)
                {
                    var (oldChain, oldWindow) = tape.Pick(old);
                    var again = Repeat(repeating, TestChain.Of(oldChain), oldWindow);
                    Assert.Equal(repeating.State.LastSigned?.Promised, plain.State.LastSigned?.Promised);
                    Assert.True(again.Reason is RejectionReason.None or RejectionReason.RevealFirst);
                    Assert.Equal(plain.State.Open.Keys.Order(), repeating.State.Open.Keys.Order());
                }
            }
            repeating.AssertReplays();
        },
        iter: TestEffort.Of(100));

    // Without its R, as a batch of the hash chain's is handed in.
    private static void Hand(JournaledProviderChannel channel, TestChain chain, int window)
    {
        channel.Prepare([], chain.Hashlock(window));
        var total = ProviderChannel.CreditedBy(channel.State, Channel).Units;
        channel.Credit(Channel, chain.Hashlock(window), total, total + 1);
    }

    private static SigningDecision Repeat(JournaledProviderChannel channel, TestChain chain, int window)
    {
        channel.Prepare([], chain.Hashlock(window));
        return channel.Sign(chain.Hashlock(window), chain.Position(window));
    }
}
