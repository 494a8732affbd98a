using System.Collections.Concurrent;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster;
using AccountantCluster.Protocol;

namespace AccountantCluster.Edge.Tests.Support;

/// <summary>The seam of openings, and the chain beside it: writes down what arrives, and holds it unless a test says otherwise.</summary>
internal sealed class InMemoryOpenings : IOpenings, IChannelFunds
{
    public ConcurrentQueue<(Address Channel, Opening Opening)> Held { get; } = [];

    /// <summary>How often the chain was asked.</summary>
    public int Looks => _looks;

    /// <summary>What lies at every address; null for channels that exist.</summary>
    public Amount? Tokens { get; set; } = new(1_000);

    /// <summary>What channels say.</summary>
    public OpeningAnswer Says { get; set; } = new(RejectionReason.None, new Amount(50));

    /// <summary>Thrown instead of an answer of the channel; null for none.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether the chain does not answer.</summary>
    public bool IsChainAway { get; set; }

    /// <summary>What the chain's answer waits for.</summary>
    public Task Waits { get; set; } = Task.CompletedTask;

    private int _looks;

    public async Task<Amount?> ReadUnregisteredAsync(Address channel, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _looks);
        await Waits.WaitAsync(cancellation);
        return IsChainAway ? throw new EthereumUnavailableException("away") : Tokens;
    }

    public Task<OpeningAnswer> HoldAsync(Address channel, Opening opening, TimeSpan deadline, CancellationToken cancellation)
    {
        if (Fault is not null) throw Fault;
        Held.Enqueue((channel, opening));
        return Task.FromResult(Says);
    }
}
