using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests;

/// <summary>
/// One chain with the contracts on it. Every test takes funded keys of its own, so that nobody disturbs anybody's nonces.
/// </summary>
public sealed class LocalNetworkFixture : IAsyncLifetime
{
    /// <summary>Blocks come at once and one at a time: no confirmations, short waits.</summary>
    public static readonly TransactionSenderOptions Quick = new()
    {
        Confirmations = 0,
        PollInterval = TimeSpan.FromMilliseconds(20),
        ReceiptDeadline = TimeSpan.FromSeconds(60),
    };

    private static readonly TimeSpan CastDeadline = TimeSpan.FromSeconds(60);

    private readonly List<IDisposable> _owned = [];
    private int _nextAccount;

    public Toolchain Toolchain { get; private set; } = null!;

    public Anvil Anvil { get; private set; } = null!;

    public JsonRpcEthereumClient Client { get; private set; } = null!;

    public TransactionSender Deployer { get; private set; } = null!;

    public TokenContract Token { get; private set; } = null!;

    public RegistryContract Registry { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Toolchain = await Toolchain.EnsureAsync();
        Anvil = await Anvil.StartAsync(Toolchain, new AnvilOptions { FundedAccounts = 40 });
        Client = Owned(new JsonRpcEthereumClient(Anvil.Endpoint));
        Deployer = NewSender();
        var deployment = new Deployment(Client, Deployer);
        Token = await deployment.DeployTokenAsync();
        Registry = await deployment.DeployRegistryAsync(Token.Address, new Amount(1_000), new Amount(5), treasury: Deployer.Address);
    }

    public async Task DisposeAsync()
    {
        _owned.ForEach(item => item.Dispose());
        await Anvil.DisposeAsync();
    }

    /// <summary>A key with ether that no other test has.</summary>
    public PrivateKey NewFundedKey() => Owned(DevelopmentAccounts.Key(_nextAccount++));

    public TransactionSender NewSender(IEthereumClient? client = null, TransactionSenderOptions? options = null) =>
        Owned(new TransactionSender(client ?? Client, NewFundedKey(), Anvil.ChainId, options ?? Quick));

    /// <summary>What cast prints.</summary>
    public async Task<string> CastAsync(params string[] arguments) =>
        (await ManagedProcess.RunAsync(new ProcessCommand(Toolchain.Cast, arguments), CastDeadline)).OutputOrThrow();

    private T Owned<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
