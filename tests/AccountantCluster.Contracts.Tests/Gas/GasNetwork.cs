using AccountantCluster.Chain;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Contracts.Tests.Gas;

/// <summary>
/// A chain of its own with one registry on it. Keys, amounts and the order of transactions are fixed, so that every byte of their data is the
/// same each time, and so is their gas.
/// </summary>
internal sealed class GasNetwork : IAsyncDisposable
{
    /// <summary>Deadline of everything signed, in seconds since 1970.</summary>
    public const ulong Forever = 1UL << 40;

    private static readonly TransactionSenderOptions Quick = new()
    {
        Confirmations = 0,
        PollInterval = TimeSpan.FromMilliseconds(10),
        ReceiptDeadline = TimeSpan.FromSeconds(60),
    };

    private readonly List<IDisposable> _owned = [];
    private readonly Anvil _anvil;
    private readonly JsonRpcEthereumClient _client;
    private Address _channelImplementation;

    private GasNetwork(Anvil anvil)
    {
        _anvil = anvil;
        _client = Owned(new JsonRpcEthereumClient(anvil.Endpoint));
        Owner = NewSender(0);
        Operator = Owned(DevelopmentAccounts.Key(1));
        OperatorSender = NewSender(1);
    }

    /// <summary>Owns the accountants, and sends what anybody may send.</summary>
    public TransactionSender Owner { get; }

    /// <summary>Signs for the accountants.</summary>
    public PrivateKey Operator { get; }

    /// <summary>Sends what only an operator may send.</summary>
    public TransactionSender OperatorSender { get; }

    /// <summary>Receives transaction makers' fees; has tokens already.</summary>
    public Address Maker { get; } = new([.. Enumerable.Repeat((byte)0xfe, Address.Length)]);

    public TokenContract Token { get; private set; } = null!;

    public RegistryContract Registry { get; private set; } = null!;

    public static async Task<GasNetwork> StartAsync()
    {
        var network = new GasNetwork(await Anvil.StartAsync(await Toolchain.EnsureAsync()));
        var deployment = new Deployment(network._client, network.Owner);
        network.Token = await deployment.DeployTokenAsync();
        network.Registry = await deployment.DeployRegistryAsync(network.Token.Address, Tokens(100), Tokens(1), network.Owner.Address);
        network._channelImplementation = await network.Registry.GetConsumerChannelImplementationAsync(BlockReference.Latest);
        await network.MintAsync(network.Owner.Address, Tokens(1_000_000));
        await network.MintAsync(network.Maker, Tokens(1));
        await network.SendAsync(network.Token.Approve(network.Registry.Address, Tokens(1_000_000)));
        return network;
    }

    /// <summary>An amount of a token with 18 decimals that uses all of them: zeros in a transaction's data would be cheaper.</summary>
    public static Amount Tokens(ulong number) => new((UInt128)number * 1_234_567_890_123_456_789);

    /// <summary>R number <paramref name="number"/>.</summary>
    public static Preimage R(int number) => new(Keccak256.Hash("R"u8.ToArray().Append((byte)number).ToArray()));

    public Task<string> GetHardforkAsync() => _anvil.GetHardforkAsync();

    public Task<TransactionReceipt> SendAsync(ContractCall call, TransactionSender? sender = null) => (sender ?? Owner).SendAsync(call);

    public async Task<ulong> GasOfAsync(ContractCall call, TransactionSender? sender = null) => (await SendAsync(call, sender)).GasUsed;

    public Task<TransactionReceipt> MintAsync(Address to, Amount amount) => SendAsync(Token.Mint(to, amount));

    public Task AdvanceAsync(TimeSpan time) => _anvil.AdvanceTimeAsync(time);

    /// <summary>Another accountant of the same owner, funded with free tokens beyond its stake.</summary>
    public async Task<AccountantContract> NewAccountantAsync(Amount stake, Amount free)
    {
        var receipt = await SendAsync(Registry.RegisterAccountant(Operator.Address, stake, 100));
        var accountant = receipt.Events<AccountantRegistered>(Registry.Address).Single().Accountant;
        if (!free.IsZero) await MintAsync(accountant, free);
        await SendAsync(Token.Approve(accountant, Tokens(1_000_000)));
        return new AccountantContract(_client, accountant);
    }

    /// <summary>A key that everybody can compute.</summary>
    public PrivateKey Key(string role, int number) =>
        Owned(new PrivateKey(Keccak256.Hash(System.Text.Encoding.UTF8.GetBytes($"{role} {number}")).ToArray()));

    public Address ChannelOf(Address consumer, AccountantContract accountant) =>
        ConsumerChannelAddress.Predict(Registry.Address, _channelImplementation, consumer, accountant.Address, Token.Address);

    public ConsumerChannelContract Channel(PrivateKey consumer, AccountantContract accountant) =>
        new(_client, ChannelOf(consumer.Address, accountant));

    public ContractCall Register(
        PrivateKey identity, AccountantContract accountant, Amount loan = default, Address beneficiary = default, Amount fee = default)
    {
        var message = new RegisterIdentity(
            identity.Address, accountant.Address, loan, beneficiary, fee, fee.IsZero ? Address.Zero : Maker, Forever);
        return Registry.RegisterIdentity(message, Sign(Registry.Address, message, identity));
    }

    public Signature Sign<T>(Address contract, T message, PrivateKey key)
        where T : struct, ITypedMessage => Curve.Default.Sign(new AccountantDomain(_anvil.ChainId, contract).Digest(message), key);

    public PromiseToCollect ConsumersPromise(PrivateKey consumer, AccountantContract accountant, Amount amount, int r)
    {
        var agreement = new Agreement(consumer.Address, AgreementId.From(1), amount);
        var channelId = ChannelId.OfConsumer(ChannelOf(consumer.Address, accountant));
        var promise = new ConsumerPromise(channelId, amount, R(r).ToHashlock(), agreement);
        return new PromiseToCollect(
            consumer.Address, amount, agreement.HashStruct(), R(r), Sign(accountant.Address, promise, consumer));
    }

    public PromiseToSettle ProvidersPromise(PrivateKey provider, AccountantContract accountant, Amount amount, int r, Amount fee = default)
    {
        var channelId = ChannelId.OfProvider(provider.Address, accountant.Address);
        var promise = new ProviderPromise(channelId, amount, R(r).ToHashlock());
        var terms = new SettlementFee(channelId, fee, Maker, amount, Forever);
        return new PromiseToSettle(
            provider.Address,
            amount,
            R(r),
            Sign(accountant.Address, promise, Operator),
            fee.IsZero ? null : new SignedSettlementFee(terms, Sign(accountant.Address, terms, provider)));
    }

    public SignedLoanReturn LoanReturn(PrivateKey provider, AccountantContract accountant, Amount total)
    {
        var message = new ReturnLoan(ChannelId.OfProvider(provider.Address, accountant.Address), total, Forever);
        return new SignedLoanReturn(message, Sign(accountant.Address, message, provider));
    }

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(item => item.Dispose());
        await _anvil.DisposeAsync();
    }

    private TransactionSender NewSender(int account) =>
        Owned(new TransactionSender(_client, Owned(DevelopmentAccounts.Key(account)), _anvil.ChainId, Quick));

    private T Owned<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
