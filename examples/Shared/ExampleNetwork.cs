using System.Text.Json;
using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Protocol;

namespace AccountantCluster.Examples;

/// <summary>
/// What <c>accountant demo --serve</c> wrote into a folder: where chain and accountant are, and the key of one of the two parties.
/// </summary>
internal sealed class ExampleNetwork : IDisposable
{
    private readonly string _folder;
    private readonly JsonRpcEthereumClient _chain;

    private ExampleNetwork(string folder, JsonRpcEthereumClient chain, AccountantProfile profile, Uri node, PrivateKey key)
    {
        (_folder, _chain) = (folder, chain);
        (Profile, Node, Key) = (profile, node, key);
    }

    /// <summary>The chain.</summary>
    public IEthereumClient Chain => _chain;

    /// <summary>The accountant, by the word of the chain.</summary>
    public AccountantProfile Profile { get; }

    /// <summary>The gRPC address of the accountant's node.</summary>
    public Uri Node { get; }

    /// <summary>The party's key.</summary>
    public PrivateKey Key { get; }

    /// <summary>Opens the network as "consumer" or "provider".</summary>
    public static async Task<ExampleNetwork> OpenAsync(string folder, string party, CancellationToken cancellation)
    {
        string File(string name) => Path.Combine(folder, name);
        using var network = JsonDocument.Parse(await System.IO.File.ReadAllBytesAsync(File("network.json"), cancellation));
        string Text(string name) => network.RootElement.GetProperty(name).GetString()!;

        var password = await System.IO.File.ReadAllBytesAsync(File($"{party}.password"), cancellation);
        var key = Keystore.Read(await System.IO.File.ReadAllTextAsync(File($"{party}.json"), cancellation), password);
        var chain = new JsonRpcEthereumClient(new Uri(Text("rpc")));
        var profile = await AccountantOnChain.ReadProfileAsync(chain, Address.Parse(Text("accountant")), cancellation);
        return new ExampleNetwork(folder, chain, profile, new Uri(Text("node")), key);
    }

    /// <summary>Where the party's books are: by the name that the commands of <c>accountant</c> look for with <c>--state</c>.</summary>
    public string Books(string party) => Path.Combine(_folder, $"{party}-{Key.Address}.db");

    /// <inheritdoc/>
    public void Dispose()
    {
        Key.Dispose();
        _chain.Dispose();
    }
}
