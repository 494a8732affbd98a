using AccountantCluster.Protocol;
using CsCheck;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// Honest consumers and providers, while messages arrive in any order, late, twice or never, and every process dies at every point.
/// </summary>
public sealed class HonestNetworkTests
{
    private static readonly RejectionReason[] Bearable = [RejectionReason.RevealFirst];

    [Fact]
    public void Nobody_honest_is_refused_falsely_and_at_rest_every_unit_is_accounted_for() =>
        Gen.UInt.Array[200, 2_000].Sample(
            choices =>
            {
                var tape = new Tape(choices);
                var network = new Network(tape);
                while (!tape.IsAtEnd) network.Step();
                AssertReplays(network.Accountant);
                network.ComeToRest();
                AssertReplays(network.Accountant);

                var accountant = network.Accountant;
                Assert.All(network.Providers, provider => Assert.Subset(Bearable.ToHashSet(), provider.Refusals));
                Assert.Equal(Sum(accountant.Consumers, c => c.State.Credited), Sum(accountant.Providers, p => p.State.Gross));
                foreach (var consumer in accountant.Consumers.Select(channel => channel.State))
                    Assert.True(consumer.Credited <= consumer.Promised && consumer.Promised <= consumer.Facts.Deposited);
                foreach (var (honest, channel) in network.Providers.Zip(accountant.Providers))
                {
                    Assert.Equal(honest.Earned, channel.State.Gross.Units);
                    Assert.Equal(channel.State.Gross, channel.State.Revealed);
                    Assert.Equal(channel.State.Gross - channel.State.Fees.FeeOn(channel.State.Gross), channel.State.Promised);
                    Assert.Equal(honest.Promised, channel.State.Promised.Units);
                    Assert.Equal(
                        channel.State.Gross.Units,
                        accountant.Consumers.Aggregate(UInt128.Zero, (sum, consumer) => sum + consumer.State.With(honest.Identity).Credited.Units));
                }
            },
            iter: TestEffort.Of(100));

    [Fact]
    public void Whatever_honest_providers_settle_at_any_moment_the_accountant_can_collect() =>
        Gen.UInt.Array[200, 2_000].Sample(
            choices =>
            {
                var tape = new Tape(choices);
                var network = new Network(tape);
                while (!tape.IsAtEnd)
                {
                    network.Step();
                    var (paid, collectable, _) = Solvency.After(network.Accountant, TestChain.ROf, count => tape.Next(count + 1));
                    Assert.True(paid <= collectable, $"Paid {paid}, collectable {collectable}.");
                }
            },
            iter: TestEffort.Of(100));

    /// <summary>Cheats pay what they are made to pay; what an honest provider's books say it earned is promised to it in full.</summary>
    [Fact]
    public void Honest_providers_get_all_they_earned_of_consumers_that_cheat() =>
        Gen.UInt.Array[200, 2_000].Sample(
            choices =>
            {
                var tape = new Tape(choices);
                var network = new Network(tape, consumersCheat: true);
                while (!tape.IsAtEnd)
                {
                    network.Step();
                    var (paid, collectable, _) = Solvency.After(network.Accountant, TestChain.ROf, count => tape.Next(count + 1));
                    Assert.True(paid <= collectable, $"Paid {paid}, collectable {collectable}.");
                }
                network.ComeToRest();
                AssertReplays(network.Accountant);
                Assert.Equal(Sum(network.Accountant.Consumers, c => c.State.Credited), Sum(network.Accountant.Providers, p => p.State.Gross));
                foreach (var (honest, channel) in network.Providers.Zip(network.Accountant.Providers))
                {
                    // A late copy of what was refused may have been accepted.
                    Assert.True(honest.Earned <= channel.State.Gross.Units);
                    Assert.True(honest.Promised >= honest.Earned - channel.State.Fees.FeeOn(Given.Units(honest.Earned)).Units);
                }
            },
            iter: TestEffort.Of(60));

    private static void AssertReplays(SimulatedAccountant accountant)
    {
        foreach (var consumer in accountant.Consumers) consumer.AssertReplays();
        foreach (var provider in accountant.Providers) provider.AssertReplays();
    }

    private static UInt128 Sum<T>(IEnumerable<T> items, Func<T, Amount> amount) =>
        items.Aggregate(UInt128.Zero, (sum, item) => sum + amount(item).Units);
}
