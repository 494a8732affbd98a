using CsCheck;
using Xunit.Abstractions;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>What colluding consumers and providers can take (protocol §4 rules 3 and 6, the signing rule).</summary>
public sealed class ByzantineNetworkTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_colluders_settle_at_any_moment_the_accountant_can_collect() =>
        Gen.UInt.Array[300, 2_500].Sample(
            choices =>
            {
                var tape = new Tape(choices);
                var network = new ByzantineNetwork(tape);
                while (!tape.IsAtEnd)
                {
                    network.Step();
                    var (paid, collectable, _) = Solvency.After(network.Accountant, TestChain.ROf, count => tape.Next(count + 1));
                    Assert.True(paid <= collectable, $"Paid {paid}, collectable {collectable}.");
                }
                AssertReplays(network.Accountant);
            },
            iter: TestEffort.Of(150));

    /// <summary>
    /// The consumers take all they have out of their channels; only then do the providers settle, with Rs that nobody had seen.
    /// </summary>
    [Fact]
    public void Colluders_who_exit_before_they_reveal_take_at_most_K_times_E_per_consumer_channel()
    {
        var worst = UInt128.Zero;
        var worstShare = 0.0;
        Gen.UInt.Array[300, 2_500].Sample(
            choices =>
            {
                var tape = new Tape(choices);
                var network = new ByzantineNetwork(tape);
                var limit = network.LossLimit;
                while (!tape.IsAtEnd)
                {
                    network.Step();
                    foreach (var consumer in network.Accountant.Consumers)
                        Assert.True(consumer.State.Credited.SaturatingSubtract(consumer.State.SettleableAmount).Units <= limit);
                    // Every provider settles the last total it can.
                    var (paid, _, collected) = Solvency.After(network.Accountant, TestChain.ROf, count => Math.Max(0, count - 1));
                    var loss = paid > collected ? paid - collected : 0;
                    var allowed = limit * (uint)network.Accountant.Consumers.Count;
                    Assert.True(loss <= allowed, $"Lost {loss} of {allowed} allowed.");
                    worst = UInt128.Max(worst, loss);
                    worstShare = Math.Max(worstShare, (double)loss / (double)allowed);
                }
            },
            iter: TestEffort.Of(100),
            threads: 1);
        output.WriteLine($"Worst loss found: {worst}, {worstShare:P0} of what is allowed.");
        Assert.True(worstShare > 0.3, $"The search found no more than {worstShare:P0} of what is allowed: it does not search.");
    }

    private static void AssertReplays(SimulatedAccountant accountant)
    {
        foreach (var consumer in accountant.Consumers) consumer.AssertReplays();
        foreach (var provider in accountant.Providers) provider.AssertReplays();
    }
}
