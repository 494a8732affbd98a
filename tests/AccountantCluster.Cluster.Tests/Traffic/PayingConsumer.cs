using AccountantCluster.Channels;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>An honest consumer of several providers at once: each promise's amount is all that it ever promised. Safe for concurrent use.</summary>
internal sealed class PayingConsumer(UInt128 deposit)
{
    private readonly Lock _signing = new();
    private readonly Dictionary<TestProvider, UInt128> _totals = [];
    private UInt128 _amount;

    public TestConsumer Consumer { get; } = new();

    public UInt128 Deposit { get; } = deposit;

    /// <summary>A promise of so much more for a provider.</summary>
    public VerifiedPromise Pay(TestProvider provider, UInt128 payment, Hashlock hashlock)
    {
        lock (_signing)
        {
            _amount += payment;
            var total = _totals[provider] = _totals.GetValueOrDefault(provider) + payment;
            return Consumer.Promise(_amount, hashlock, provider, total);
        }
    }
}
