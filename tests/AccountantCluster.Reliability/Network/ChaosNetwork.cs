using System.Net;
using AccountantCluster.Cli.Demo;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Client.OnChain;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;
using AccountantCluster.Reliability.Journals;
using AccountantCluster.Reliability.Load;
using AccountantCluster.TestKit;
using Grpc.Net.Client;

namespace AccountantCluster.Reliability.Network;

/// <summary>A chain, a PostgreSQL, and three nodes of one cluster with a relay between them, for many runs one after the other.</summary>
internal sealed class ChaosNetwork : IAsyncDisposable
{
    /// <summary>Nodes: the fewest of which one may be cut off and the others go on.</summary>
    public const int NodeCount = 3;

    private const ulong FarFuture = 4_000_000_000;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(5);

    private readonly List<ClusterNode> _nodes = [];
    private readonly List<GrpcChannel> _connections = [];
    private int _parties;

    private ChaosNetwork(DemoChain chain, PostgreSqlServer server, string database, Relay relay) =>
        (Chain, Server, Journal, Relay) = (chain, server, new JournalDatabase(database), relay);

    /// <summary>The chain.</summary>
    public DemoChain Chain { get; }

    /// <summary>The database's server.</summary>
    public PostgreSqlServer Server { get; }

    /// <summary>What the nodes store.</summary>
    public JournalDatabase Journal { get; }

    /// <summary>What lies between the nodes.</summary>
    public Relay Relay { get; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>A connection to each node's edge.</summary>
    public IReadOnlyList<GrpcChannel> Connections => _connections;

    /// <summary>The nodes' folders, with their logs, stay.</summary>
    public void KeepFolders()
    {
        foreach (var node in _nodes) node.KeepFolder();
    }

    /// <summary>Starts everything and waits until all nodes take calls.</summary>
    /// <param name="bystanders">Channels that are stored beforehand and only stand there.</param>
    /// <param name="tell">Hears what happens.</param>
    public static async Task<ChaosNetwork> StartAsync(int bystanders, Action<string> tell)
    {
        using var deadline = new CancellationTokenSource(StartDeadline);
        var chain = await DemoChain.StartAsync(tell, deadline.Token);
        var server = await PostgreSqlServer.StartAsync(await Toolchain.EnsureAsync(tell, deadline.Token), deadline.Token);
        var database = await server.CreateDatabaseAsync("reliability", deadline.Token);
        var ports = FreePort.Find(count: 3 * NodeCount);
        var (edges, listening, told) = (ports.Take(NodeCount), ports.Skip(NodeCount).Take(NodeCount), ports.Skip(2 * NodeCount));
        var network = new ChaosNetwork(chain, server, database, new Relay([.. told], [.. listening]));
        try
        {
            await network.Journal.CreateTablesAsync(
                await File.ReadAllTextAsync(Repository.File("deploy", "schema", "postgresql.sql"), deadline.Token), deadline.Token);
            await network.Journal.FillAsync(bystanders, deadline.Token);
            foreach (var (number, (edge, port, publicPort)) in edges.Zip(listening, told).Index())
                network.AddNode(number, database, edge, port, publicPort, tell);
            await Task.WhenAll(network.Nodes.Select(node => node.RunningAsync()));
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody whom nobody has heard of.</summary>
    public DemoParty NewParty(string name) => new($"{name} {Interlocked.Increment(ref _parties)}", Chain.Profile);

    /// <summary>Consumers with a deposit and a registration that are mined.</summary>
    public async Task<IReadOnlyList<PayingConsumer>> AddConsumersAsync(int count, Amount deposit)
    {
        var parties = Enumerable.Range(0, count).Select(_ => NewParty("consumer")).ToArray();
        var each = (deposit + DemoScale.RegistrationFee).Units;
        await Chain.Deployer.SendAsync(Chain.Token.Mint(Chain.Deployer.Address, new Amount(each * (UInt128)count)));
        var funding = new Funding(Chain.Client, Chain.Profile, Chain.Deployer);
        await Task.WhenAll(parties.Select(party => funding.TopUpAsync(party.Identity, deposit + DemoScale.RegistrationFee)));
        await Task.WhenAll(parties.Select(party =>
        {
            var signed = SignedRegistration.Sign(Chain.Profile, party.Key, FarFuture, default, default);
            return Chain.TransactionMaker.SendAsync(Chain.Registry.RegisterIdentity(signed.Message, signed.Signature));
        }));
        return [.. parties.Select(party => new PayingConsumer(party, Chain.Profile, deposit))];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections) connection.Dispose();
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        await Relay.DisposeAsync();
        await Journal.DisposeAsync();
        await Server.DisposeAsync();
        await Chain.DisposeAsync();
    }

    private void AddNode(int number, string database, int edge, int port, int publicPort, Action<string> tell)
    {
        var folder = new DemoFolder(keep: false);
        var endpoint = new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), edge).Uri;
        var configuration = NodeFiles.Write(folder, Chain, new NodeTold
        {
            Listen = endpoint.Authority,
            Database = database,
            CreatesTables = false,
            Port = port,
            PublicPort = publicPort,
            ObserveSeconds = 1,
            SettleSeconds = 10,
            RoundsPerFullRound = 24,
            ReminderSeconds = 60,
        });
        _nodes.Add(new ClusterNode(number, configuration, folder, endpoint, tell));
        // A node that stands still is noticed by its silence, as over a real network.
        _connections.Add(GrpcChannel.ForAddress(endpoint, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = Ping,
                KeepAlivePingDelay = Ping,
                KeepAlivePingTimeout = Ping,
                EnableMultipleHttp2Connections = true,
            },
            DisposeHttpClient = true,
        }));
    }
}
