using AccountantCluster.Benchmarks.World;
using AccountantCluster.Channels;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>The nodes of one cluster, each in a process of its own. Providers are dealt out to them, each with one stream.</summary>
internal sealed class RemoteCluster : IAsyncDisposable
{
    private readonly List<RemoteNode> _nodes = [];
    private readonly Dictionary<Payee, ExchangeStreamClient> _streams = [];

    public IReadOnlyList<int> Ids => [.. _nodes.Select(node => node.Id)];

    /// <summary>Starts so many nodes. They are all members before the first channel wakes.</summary>
    public static async Task<RemoteCluster> StartAsync(string kind, string where, Market market, int nodes)
    {
        var cluster = new RemoteCluster();
        try
        {
            for (var number = 1; number <= nodes; number++)
                cluster._nodes.Add(await RemoteNode.StartAsync(kind, where, number == nodes ? market.Payers.Count : 0));
            foreach (var (place, payee) in market.Payees.Index())
                cluster._streams.Add(payee, cluster._nodes[place % nodes].Api.OpenStream(payee.Key));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Hands in one batch.</summary>
    public async Task<bool> HandInAsync(Payee payee, ChainPosition position, VerifiedPromise[] batch)
    {
        var promises = Array.ConvertAll(batch, verified => new SignedPromise(
            verified.Consumer, verified.Promise.Amount, verified.Promise.Hashlock, verified.Promise.Agreement, verified.Signature));
        var answer = await _streams[payee].ExchangeAsync(new ExchangeBatch(promises, position));
        return Outcomes.AreAccepted(answer.Promises.Select(result => result.Reason), answer.Reason);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in _streams.Values) await stream.DisposeAsync();
        foreach (var node in _nodes) await node.DisposeAsync();
    }
}
