using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>What the cluster has put its name to. Safe for concurrent use.</summary>
internal sealed class Acknowledged
{
    private readonly Lock _counting = new();
    private readonly Dictionary<(Address Channel, Address Provider), Amount> _totals = [];
    private readonly Dictionary<Address, Amount> _signed = [];

    /// <summary>Promises that were said to be accepted or covered.</summary>
    public int Promises { get; private set; }

    public void Add(ExchangeRequest batch, ExchangeAnswer answer)
    {
        lock (_counting)
        {
            foreach (var (promise, outcome) in batch.Promises.Zip(answer.Promises))
            {
                if (outcome.Reason is not (RejectionReason.None or RejectionReason.AlreadyCovered)) continue;
                var key = (promise.Channel, batch.Provider);
                _totals[key] = Amount.Max(_totals.GetValueOrDefault(key), promise.Promise.Agreement.Total);
                Promises++;
            }
            if (answer.Promise is { } signed)
                _signed[batch.Provider] = Amount.Max(_signed.GetValueOrDefault(batch.Provider), signed.Promise.Amount);
        }
    }

    /// <summary>The highest agreement total that was acknowledged, in token base units.</summary>
    public Amount Total(TestConsumer consumer, TestProvider provider) =>
        _totals.GetValueOrDefault((consumer.Channel, provider.Identity));

    /// <summary>The highest amount that the accountant has signed, in token base units.</summary>
    public Amount Signed(TestProvider provider) => _signed.GetValueOrDefault(provider.Identity);
}
