using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Node.Composition;
using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Node.Tests.Composition;

/// <summary>A node meets its Ethereum endpoints: a real chain, and real servers in front of it.</summary>
public sealed class ChainEndpointsTests : IAsyncLifetime
{
    private const string ARegistry = "0x00000000000000000000000000000000000000a1";
    private const string AnAccountant = "0x00000000000000000000000000000000000000a2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("accountant-endpoints-");
    private Anvil _anvil = null!;
    private LyingEndpoint _one = null!;
    private LyingEndpoint _other = null!;

    public async Task InitializeAsync()
    {
        _anvil = await Anvil.StartAsync(await Toolchain.EnsureAsync());
        _one = await LyingEndpoint.StartAsync(_anvil.Endpoint);
        _other = await LyingEndpoint.StartAsync(_anvil.Endpoint);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        await _anvil.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Several_are_asked_as_one()
    {
        using var chain = new ChainEndpoints(Section(_one.Address, _other.Address, _anvil.Endpoint));
        await chain.CheckAsync(default);
        _one.Lies = new Lies { LagBlocks = 1 };
        await _anvil.MineAsync(1);

        Assert.IsType<EndpointPool>(chain.Client);
        Assert.Equal(1UL, await chain.Client.GetBlockNumberAsync());
    }

    [Fact]
    public async Task One_alone_is_asked_directly()
    {
        using var chain = new ChainEndpoints(Section(_one.Address));
        await chain.CheckAsync(default);

        Assert.IsType<JsonRpcEthereumClient>(chain.Client);
    }

    [Fact]
    public async Task A_node_starts_from_what_enough_of_them_say()
    {
        using var key = DevelopmentAccounts.Key(0);
        using var client = new JsonRpcEthereumClient(_anvil.Endpoint);
        using var sender = new TransactionSender(
            client, key, _anvil.ChainId, new TransactionSenderOptions { Confirmations = 0, PollInterval = TimeSpan.FromMilliseconds(20) });
        var deployment = new Deployment(client, sender);
        var token = await deployment.DeployTokenAsync();
        await sender.SendAsync(token.Mint(key.Address, new Amount(1_000)));
        var registry = await deployment.DeployRegistryAsync(token.Address, new Amount(1_000), Amount.Zero, key.Address);
        var accountant = await deployment.RegisterAccountantAsync(registry, key.Address, new Amount(1_000), feeBasisPoints: 100);
        // It knows of no contract, and is asked first.
        _one.Lies = new Lies { LagBlocks = 1_000 };

        await using var node = await AccountantNode.CreateAsync(new NodeConfiguration
        {
            Chain = Section(
                registry.Address.ToString(), accountant.Address.ToString(), _one.Address, _other.Address, _anvil.Endpoint),
            Operator = WriteOperator(key),
            Storage = new NodeConfiguration.StorageSection { Directory = PathOf("books") },
        });
        await using var app = node.Build();
        var services = app.Services;

        Assert.IsType<EndpointPool>(services.GetRequiredService<IEthereumClient>());
        Assert.Equal(
            new AccountantAddresses(accountant.Address, registry.Address, token.Address),
            services.GetRequiredService<AccountantAddresses>());
        Assert.Equal(100, services.GetRequiredService<AccountantFee>().Terms.BasisPoints);
    }

    [Fact]
    public async Task One_of_another_chain_is_refused_by_name_when_a_node_starts()
    {
        _other.Lies = new Lies { ChainId = 5 };
        var options = Edge(Section(_one.Address, _other.Address, _anvil.Endpoint));

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => AccountantNode.CreateAsync(options));

        Assert.StartsWith("chain.endpoints are of different chains: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{NamedEndpoint.NameOf(_other.Address)} of 5", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"{NamedEndpoint.NameOf(_one.Address)} of 31337", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(LyingEndpoint.AccessKey, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_does_not_start_where_too_few_answer_and_says_so_without_a_key()
    {
        await _other.DisposeAsync();
        var refused = await Assert.ThrowsAsync<ConfigurationException>(
            () => AccountantNode.CreateAsync(Edge(Section(_one.Address, _other.Address))));

        Assert.Contains("1 of 2 Ethereum nodes answer, and 2 must", refused.Message, StringComparison.Ordinal);
        Assert.Contains(NamedEndpoint.NameOf(_other.Address), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(LyingEndpoint.AccessKey, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_alone_that_does_not_answer_is_named_without_its_key()
    {
        await _one.DisposeAsync();
        var section = new NodeConfiguration.ChainSection { Rpc = _one.Address, Registry = ARegistry, Accountant = AnAccountant };

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => AccountantNode.CreateAsync(Edge(section)));

        Assert.Contains(NamedEndpoint.NameOf(_one.Address), refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(LyingEndpoint.AccessKey, refused.ToString(), StringComparison.Ordinal);
    }

    // A role that needs no key.
    private static NodeConfiguration Edge(NodeConfiguration.ChainSection chain) => new()
    {
        Chain = chain,
        Storage = new NodeConfiguration.StorageSection { ConnectionFile = "database.connection" },
        Cluster = new NodeConfiguration.ClusterSection { Roles = [NodeRoles.Edge] },
    };

    private static NodeConfiguration.ChainSection Section(params Uri[] endpoints) => Section(ARegistry, AnAccountant, endpoints);

    private static NodeConfiguration.ChainSection Section(string registry, string accountant, params Uri[] endpoints) => new()
    {
        Endpoints = [.. endpoints.Select(endpoint => endpoint.ToString())],
        Registry = registry,
        Accountant = accountant,
    };

    private NodeConfiguration.OperatorSection WriteOperator(PrivateKey key)
    {
        var password = "a password of this test"u8.ToArray();
        File.WriteAllText(PathOf("operator.json"), Keystore.Write(key, password, KeystoreStrength.Light));
        File.WriteAllBytes(PathOf("operator.password"), password);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathOf("operator.password"), UnixFileMode.UserRead);
        return new NodeConfiguration.OperatorSection
        {
            Keystore = PathOf("operator.json"),
            PasswordFile = PathOf("operator.password"),
            TotalsFile = PathOf("operator.totals"),
        };
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
