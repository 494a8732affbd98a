using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.EndToEnd.Tests.Journal;
using AccountantCluster.EndToEnd.Tests.Live;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;
using Grpc.Net.Client;
using Xunit.Abstractions;

namespace AccountantCluster.EndToEnd.Tests.DoubleSpend;

/// <summary>One consumer promises the same money to a hundred providers at once, over several connections.</summary>
public sealed class StormTests(LiveNetwork network, ITestOutputHelper output) : IClassFixture<LiveNetwork>
{
    private const int Providers = 100;
    private const int Connections = 5;
    private const ulong Seed = 100;

    // A fraction of what all of them are promised together.
    private static readonly Amount Deposit = new(100_000);

    private static readonly int PromisesPerProvider = (int)TestEffort.Of(10);

    [Fact]
    public async Task A_hundred_providers_together_never_get_more_than_the_deposit()
    {
        var dice = new Dice(Seed);
        using var consumer = Assert.Single(await network.AddConsumersAsync(1, Deposit));
        var connections = Enumerable.Range(0, Connections).Select(_ => GrpcChannel.ForAddress(network.Node.Endpoint)).ToList();
        var providers = Enumerable.Range(0, Providers)
            .Select(number => new StormProvider(network, connections[number % Connections], consumer, dice.Split())).ToList();
        try
        {
            await Task.WhenAll(providers.Select(provider => provider.RunAsync(PromisesPerProvider)));
            var known = (await network.Api.GetChannelAsync(consumer.Party.Key)).Consumer!;
            // A repeated message may be accepted when its first copy was refused already; its credit then finds its way by itself.
            await network.HoldsAsync("all credits have reached their providers", () => IsAtRestAsync(consumer, providers));
            await network.KillNodeAsync();

            RefusalsHaveBothNames(providers);
            Assert.True(known.Promised <= Deposit);
            var journal = StoredJournal.Read(network.Storage);
            var (paying, paid) = (StoredConsumerChannel.All(journal), StoredProviderChannel.All(journal));
            var channel = Assert.Single(paying, channel => channel.Channel == consumer.Party.Channel);
            Assert.True(channel.Credited <= channel.Promised && channel.Promised <= Deposit, $"{channel.Credited} of {Deposit}");
            // The storm has used up nearly all of it: it was not refused for another reason.
            Assert.True(channel.Credited.Units > Deposit.Units / 2, $"{channel.Credited} of {Deposit}");
            Assert.Equal(channel.Credited, paid.Aggregate(Amount.Zero, (sum, provider) => sum + provider.Gross));
            foreach (var provider in providers)
            {
                var credited = channel.CreditedTo(provider.Party.Identity);
                Assert.True(provider.Credited <= credited.Units);
                Assert.True(provider.Signed <= (credited - DemoFee.On(credited)).Units);
            }
        }
        finally
        {
            foreach (var provider in providers) provider.Dispose();
            foreach (var connection in connections) connection.Dispose();
        }
    }

    private async Task<bool> IsAtRestAsync(DemoConsumer consumer, IReadOnlyList<StormProvider> providers)
    {
        var credited = (await network.Api.GetChannelAsync(consumer.Party.Key)).Consumer!.Credited;
        var channels = await Task.WhenAll(providers.Select(provider => network.Api.GetChannelAsync(provider.Party.Key)));
        return credited == channels.Aggregate(Amount.Zero, (sum, channel) => sum + (channel.Provider?.Gross ?? Amount.Zero));
    }

    private void RefusalsHaveBothNames(IReadOnlyList<StormProvider> providers)
    {
        var reasons = providers.SelectMany(provider => provider.Reasons).GroupBy(reason => reason.Key, reason => reason.Value)
            .ToDictionary(group => group.Key, group => group.Sum());
        output.WriteLine(string.Join(", ", reasons.Select(reason => $"{reason.Value} × {reason.Key}")));

        Assert.Equal(Providers * PromisesPerProvider, reasons.Values.Sum());
        Assert.Equal(
            [Wire.RejectionReason.PromiseTooLow, Wire.RejectionReason.Overspend],
            reasons.Keys.Except([Wire.RejectionReason.Unspecified, Wire.RejectionReason.AlreadyCovered]).Order());
        Assert.True(reasons[Wire.RejectionReason.Unspecified] > 0);
    }
}
