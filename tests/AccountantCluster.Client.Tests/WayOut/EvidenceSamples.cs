using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Client.WayOut;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.WayOut;

/// <summary>Evidence of a provider with one chain: windows below <see cref="Open"/> are public.</summary>
internal static class EvidenceSamples
{
    // Above 2^63, where a careless reader of numbers ends.
    public const ulong Instance = ulong.MaxValue - 4;
    public const uint Open = 3;

    private static readonly EvidenceBuilder Builder = new(TestWorld.Profile, TestWorld.Provider, TestWorld.Operator, Instance);

    /// <summary>R of a window.</summary>
    public static Preimage R(uint window) => Builder.R(window);

    /// <summary>A promise of 90 that is public, of two consumers, and one of 130 under a window that is not.</summary>
    public static ProviderEvidence Evidence(ulong atStake = 0) => Builder.Empty with
    {
        Settleable = Builder.Total(90, Open - 1),
        Collectable = [Row(TestWorld.Alice, 60, 1), Row(TestWorld.Bob, 40, 2)],
        Windows = [Window(Open, held: 130, atStake, Promise(TestWorld.Alice, 100, Open))],
    };

    public static CollectablePromise Row(PrivateKey consumer, ulong amount, uint window) => Builder.Row(consumer, amount, window);

    public static SignedPromise Promise(PrivateKey consumer, ulong amount, uint window) => Builder.Promise(consumer, amount, window);

    public static SecretWindow Window(uint window, ulong? held, ulong atStake, params SignedPromise[] promises) =>
        Builder.Window(window, held, atStake, promises);
}
