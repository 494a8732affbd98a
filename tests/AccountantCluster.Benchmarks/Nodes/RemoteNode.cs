using System.Globalization;
using System.Runtime.InteropServices;
using AccountantCluster.Benchmarks.World;
using AccountantCluster.Channels;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.Nodes;

/// <summary>A node in a process of its own, reached with the SDK's streams: one per provider.</summary>
internal sealed class RemoteNode : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly ManagedProcess _process;
    private readonly AccountantApi _api;
    private readonly Dictionary<Payee, ExchangeStreamClient> _streams;

    private RemoteNode(ManagedProcess process, Uri endpoint, Market market)
    {
        (_process, _api) = (process, new AccountantApi(endpoint, BenchmarkAccountant.Profile));
        _streams = market.Payees.ToDictionary(payee => payee, payee => _api.OpenStream(payee.Key));
    }

    public int Id => _process.Id;

    /// <summary>Starts a node that knows the market's deposits.</summary>
    public static async Task<RemoteNode> StartAsync(string kind, string where, Market market)
    {
        var host = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var process = ManagedProcess.Start(new ProcessCommand(
            host, typeof(RemoteNode).Assembly.Location, Server.Verb, kind, where,
            market.Payers.Count.ToString(CultureInfo.InvariantCulture)));
        try
        {
            var ready = await process.WaitForLineAsync(
                line => line.StartsWith(Server.ReadyPrefix, StringComparison.Ordinal), StartDeadline);
            return new RemoteNode(process, new Uri(ready[Server.ReadyPrefix.Length..].Trim()), market);
        }
        catch
        {
            await process.DisposeAsync();
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
        _api.Dispose();
        await _process.StopAsync(StopGrace);
        await _process.DisposeAsync();
    }
}
