using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.OnChain;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Network;

/// <summary>
/// A chain of its own with the contracts on it, and those who have ether there: deployer, transaction maker and the node's operator.
/// </summary>
internal sealed class DemoChain : IAsyncDisposable
{
    // Short enough for a demo, and real blocks: several transactions in one, and confirmations that take time.
    private static readonly TimeSpan BlockTime = TimeSpan.FromSeconds(1);

    // Of the accounts that have ether.
    private const int FirstOperator = 2;
    private const int SecondOperator = 3;

    private static readonly TransactionSenderOptions Sending = new()
    {
        // The chain is local and cannot be reorganised.
        Confirmations = 0,
        PollInterval = TimeSpan.FromMilliseconds(100),
        ReceiptDeadline = TimeSpan.FromMinutes(2),
    };

    private readonly Anvil _anvil;
    private readonly JsonRpcEthereumClient _client;
    private readonly PrivateKey _deployer;
    private readonly PrivateKey _transactionMaker;

    private readonly bool _isFirst = true;

    private DemoChain(Anvil anvil)
    {
        _anvil = anvil;
        _client = new JsonRpcEthereumClient(anvil.Endpoint);
        (_deployer, _transactionMaker) = (DevelopmentAccounts.Key(0), DevelopmentAccounts.Key(1));
        Deployer = new TransactionSender(_client, _deployer, anvil.ChainId, Sending);
        TransactionMaker = new TransactionSender(_client, _transactionMaker, anvil.ChainId, Sending);
        using var treasury = PrivateKey.Generate();
        Treasury = treasury.Address;
        Operator = DevelopmentAccounts.Key(FirstOperator);
    }

    private DemoChain(DemoChain first)
    {
        _isFirst = false;
        (_anvil, _client, _deployer, _transactionMaker) = (first._anvil, first._client, first._deployer, first._transactionMaker);
        (Deployer, TransactionMaker, Treasury) = (first.Deployer, first.TransactionMaker, first.Treasury);
        Operator = DevelopmentAccounts.Key(SecondOperator);
    }

    /// <summary>The chain.</summary>
    public IEthereumClient Client => _client;

    /// <summary>Owns the accountant, and at first every token.</summary>
    public TransactionSender Deployer { get; }

    /// <summary>Sends what others sign, for a fee in tokens.</summary>
    public TransactionSender TransactionMaker { get; }

    /// <summary>Signs for the accountant, in the node.</summary>
    public PrivateKey Operator { get; }

    /// <summary>Who receives registration fees.</summary>
    public Address Treasury { get; }

    /// <summary>The chain's process, which moves its clock.</summary>
    public Anvil Anvil => _anvil;

    /// <summary>The JSON-RPC address.</summary>
    public Uri Endpoint => _anvil.Endpoint;

    /// <summary>Where the contracts are; known after <see cref="StartAsync"/>.</summary>
    public AccountantProfile Profile { get; private set; } = null!;

    /// <summary>The token.</summary>
    public TokenContract Token => new(_client, Profile.Token);

    /// <summary>The registry.</summary>
    public RegistryContract Registry => new(_client, Profile.Registry);

    /// <summary>The accountant.</summary>
    public AccountantContract Accountant => new(_client, Profile.Accountant);

    /// <summary>Starts a chain and deploys the contracts; tools that are missing are installed.</summary>
    public static async Task<DemoChain> StartAsync(Action<string> tell, CancellationToken cancellation)
    {
        var toolchain = await Toolchain.EnsureAsync(tell, cancellation);
        var anvil = await Anvil.StartAsync(toolchain, new AnvilOptions { BlockTime = BlockTime, FundedAccounts = 4 }, cancellation);
        var chain = new DemoChain(anvil);
        try
        {
            tell($"Started a chain at {anvil.Endpoint}, process {anvil.Process.Id}.");
            chain.Profile = await chain.DeployAsync(cancellation);
            return chain;
        }
        catch
        {
            await chain.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Registers another accountant with an operator of its own. The same chain as it sees it: what is shared goes with the first.
    /// </summary>
    public async Task<DemoChain> AddAccountantAsync(CancellationToken cancellation)
    {
        var other = new DemoChain(this);
        var accountant = await new Deployment(_client, Deployer).RegisterAccountantAsync(
            Registry, other.Operator.Address, DemoScale.Stake, DemoScale.FeeBasisPoints, cancellation);
        other.Profile = await AccountantOnChain.ReadProfileAsync(_client, accountant.Address, cancellation);
        return other;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        if (!_isFirst) return;
        Deployer.Dispose();
        TransactionMaker.Dispose();
        _client.Dispose();
        _deployer.Dispose();
        _transactionMaker.Dispose();
        await _anvil.DisposeAsync();
    }

    private async Task<AccountantProfile> DeployAsync(CancellationToken cancellation)
    {
        var deployment = new Deployment(_client, Deployer);
        var token = await deployment.DeployTokenAsync(cancellation);
        await Deployer.SendAsync(token.Mint(Deployer.Address, DemoScale.Minted), cancellation);
        var registry = await deployment.DeployRegistryAsync(
            token.Address, DemoScale.Stake, DemoScale.RegistrationFee, Treasury, cancellation);
        var accountant = await deployment.RegisterAccountantAsync(
            registry, Operator.Address, DemoScale.Stake, DemoScale.FeeBasisPoints, cancellation);
        return await AccountantOnChain.ReadProfileAsync(_client, accountant.Address, cancellation);
    }
}
