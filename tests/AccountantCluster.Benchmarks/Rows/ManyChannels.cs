using AccountantCluster.Benchmarks.Load;
using AccountantCluster.Benchmarks.Nodes;
using AccountantCluster.Benchmarks.World;

namespace AccountantCluster.Benchmarks.Rows;

/// <summary>How many channels a node carries: new ones, ones that are awake, and ones that sleep in the store.</summary>
/// <param name="Journal">The store.</param>
/// <param name="Channels">Consumer channels.</param>
/// <param name="NewPerSecond">Channels that nobody knew, each woken and written once.</param>
/// <param name="Warm">A promise for each of them, awake.</param>
/// <param name="Cold">The same after the node was started again: each is recovered first.</param>
/// <param name="MemoryBytes">Memory of the process per channel that is awake.</param>
/// <param name="DiskBytes">Disk per channel.</param>
internal sealed record ManyChannels(
    string Journal, int Channels, double NewPerSecond, Measured Warm, Measured Cold, double MemoryBytes, double DiskBytes)
{
    private const int BatchSize = 256;

    public static async Task<ManyChannels> MeasureAsync(Journal journal, int channels, int? database, Func<long> disk)
    {
        var market = new Market(channels);
        var addresses = market.Payers.Select(payer => payer.Channel).ToList();
        double newPerSecond, memory;
        Measured warm;
        await using (var node = await LocalNode.StartAsync(journal))
        {
            var empty = GC.GetTotalMemory(forceFullCollection: true);
            var begin = TimeProvider.System.GetTimestamp();
            await node.DepositAsync(addresses);
            newPerSecond = channels / TimeProvider.System.GetElapsedTime(begin).TotalSeconds;
            warm = await new ClosedLoop(node.HandInAsync, new CpuClock([], database)).RunAsync(market, 1, BatchSize);
            memory = (GC.GetTotalMemory(forceFullCollection: true) - empty) / (double)channels;
        }
        await using var restarted = await LocalNode.StartAsync(journal);
        var cold = await new ClosedLoop(restarted.HandInAsync, new CpuClock([], database)).RunAsync(market, 1, BatchSize);
        return new ManyChannels(journal.Name, channels, newPerSecond, warm, cold, memory, disk() / (double)channels);
    }
}
