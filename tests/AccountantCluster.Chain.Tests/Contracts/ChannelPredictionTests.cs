using System.Security.Cryptography;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Contracts;

/// <summary>Money is sent to an address before anything is there: C# and the registry must mean the same one, always.</summary>
[Collection(LocalNetworkGroup.Name)]
public sealed class ChannelPredictionTests(LocalNetworkFixture network)
{
    // As many connections as the client keeps open; more only wait.
    private const int Concurrency = 16;

    private static readonly int Count = (int)TestEffort.Of(1_000);

    [Fact]
    public async Task Every_predicted_channel_address_is_the_registrys()
    {
        var implementation = await network.Registry.GetConsumerChannelImplementationAsync(BlockReference.Latest);
        var limit = new ParallelOptions { MaxDegreeOfParallelism = Concurrency };

        await Parallel.ForEachAsync(Enumerable.Range(0, Count), limit, async (_, cancellation) =>
        {
            var (identity, accountant) = (RandomAddress(), RandomAddress());
            var predicted =
                ConsumerChannelAddress.Predict(network.Registry.Address, implementation, identity, accountant, network.Token.Address);

            var asked = await network.Registry.GetChannelAddressAsync(identity, accountant, BlockReference.Latest, cancellation);

            Assert.True(predicted == asked, $"identity {identity} at accountant {accountant}: {predicted}, but the registry says {asked}");
        });
    }

    private static Address RandomAddress() => new(RandomNumberGenerator.GetBytes(Address.Length));
}
