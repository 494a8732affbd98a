using System.Collections.Concurrent;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>Remembers since this process began, at about 100 bytes per provider.</summary>
public sealed class TransientTotals : IHighestTotals
{
    private readonly ConcurrentDictionary<Address, Amount> _highest = new();

    /// <inheritdoc/>
    public Task<bool> TryRaiseAsync(Address provider, Amount total)
    {
        var highest = _highest.AddOrUpdate(
            provider, static (_, promised) => promised, static (_, known, promised) => Amount.Max(known, promised), total);
        return Task.FromResult(total >= highest);
    }
}
