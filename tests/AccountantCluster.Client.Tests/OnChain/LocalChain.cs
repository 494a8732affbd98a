using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.OnChain;

/// <summary>A real chain with the contracts and one accountant on it.</summary>
public sealed class LocalChain : IAsyncLifetime, IDisposable
{
    public const ushort FeeBasisPoints = 200;
    public const ulong RegistrationFee = 5;

    private static readonly TransactionSenderOptions Quick = new() { Confirmations = 0, PollInterval = TimeSpan.FromMilliseconds(20) };

    private readonly List<IDisposable> _owned = [];
    private int _nextAccount;

    public Anvil Anvil { get; private set; } = null!;

    public JsonRpcEthereumClient Client { get; private set; } = null!;

    public TransactionSender Sender { get; private set; } = null!;

    public TokenContract Token { get; private set; } = null!;

    public AccountantContract Accountant { get; private set; } = null!;

    public AccountantProfile Profile { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Anvil = await Anvil.StartAsync(await Toolchain.EnsureAsync());
        Client = Owned(new JsonRpcEthereumClient(Anvil.Endpoint));
        Sender = NewSender();
        var deployment = new Deployment(Client, Sender);
        Token = await deployment.DeployTokenAsync();
        var registry = await deployment.DeployRegistryAsync(Token.Address, new Amount(1_000), new Amount(RegistrationFee), Sender.Address);
        await Sender.SendAsync(Token.Mint(Sender.Address, new Amount(1_000_000)));
        Accountant = await deployment.RegisterAccountantAsync(registry, TestWorld.Operator.Address, new Amount(1_000), FeeBasisPoints);
        Profile = await AccountantOnChain.ReadProfileAsync(Client, Accountant.Address);
    }

    public async Task DisposeAsync() => await Anvil.DisposeAsync();

    public void Dispose() => _owned.ForEach(item => item.Dispose());

    public TransactionSender NewSender() =>
        Owned(new TransactionSender(Client, Owned(DevelopmentAccounts.Key(_nextAccount++)), Anvil.ChainId, Quick));

    /// <summary>The operator's own lane, with ether for its gas; the caller disposes it.</summary>
    public async Task<TransactionSender> OperatorSenderAsync()
    {
        await Sender.SendAsync(TransactionRequest.Pay(TestWorld.Operator.Address, 1_000_000_000_000_000_000));
        return new TransactionSender(Client, TestWorld.Operator, Anvil.ChainId, Quick);
    }

    public Task<Amount> BalanceAsync(Address account) => Token.GetBalanceAsync(account, BlockReference.Latest);

    private T Owned<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
