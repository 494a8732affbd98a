using AccountantCluster.Chain;
using AccountantCluster.Node.Configuration;

namespace AccountantCluster.Node.Composition;

/// <summary>The node's way to the chain: one endpoint, or several that are asked as one.</summary>
internal sealed class ChainEndpoints : IDisposable
{
    private readonly List<JsonRpcEthereumClient> _clients = [];
    private readonly NamedEndpoint[] _endpoints;

    /// <summary>The way that the operator names.</summary>
    /// <exception cref="ConfigurationException">It cannot be meant so.</exception>
    public ChainEndpoints(NodeConfiguration.ChainSection section)
    {
        _endpoints = [.. EndpointAddresses.Read(section).Select(Open)];
        Client = _endpoints is [var only]
            ? only.Client
            : new EndpointPool(_endpoints, new EndpointPoolOptions { Agreement = section.Agreement });
    }

    /// <summary>The chain.</summary>
    public IEthereumClient Client { get; }

    /// <summary>Checks that those that answer are of one chain; one of another would be outvoted for ever.</summary>
    /// <exception cref="ConfigurationException">They are not.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (_endpoints.Length == 1) return;
        var chains = await Task.WhenAll(
            _endpoints.Select(async endpoint => (endpoint.Name, Id: await ReadIdAsync(endpoint, cancellation))));
        var known = chains.Where(chain => chain.Id is not null).ToArray();
        if (known.Select(chain => chain.Id).Distinct().Count() > 1)
            throw new ConfigurationException(
                $"chain.endpoints are of different chains: {string.Join(", ", known.Select(chain => $"{chain.Name} of {chain.Id}"))}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.ForEach(client => client.Dispose());

    // Whether enough of them answer is for the pool to say.
    private static async Task<ulong?> ReadIdAsync(NamedEndpoint endpoint, CancellationToken cancellation)
    {
        try
        {
            return await endpoint.Client.GetChainIdAsync(cancellation);
        }
        catch (EthereumException)
        {
            return null;
        }
    }

    private NamedEndpoint Open(Uri address)
    {
        var client = new JsonRpcEthereumClient(address);
        _clients.Add(client);
        return new NamedEndpoint(NamedEndpoint.NameOf(address), client);
    }
}
