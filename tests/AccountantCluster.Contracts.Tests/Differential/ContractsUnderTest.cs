using AccountantCluster.Chain;
using AccountantCluster.Contracts.Tests.Differential.Model;
using AccountantCluster.Contracts.Tests.Differential.Steps;
using AccountantCluster.LocalNetwork;
using AccountantCluster.Protocol;

namespace AccountantCluster.Contracts.Tests.Differential;

/// <summary>The contracts of one sequence, by the names that the model uses.</summary>
internal sealed class ContractsUnderTest
{
    private static readonly Preimage R = new(Keccak256.Hash("R"u8));
    private static readonly Amount Wealth = new(20_000);
    private static readonly Address TreasuryAddress = new([.. Enumerable.Repeat((byte)0x77, Address.Length)]);

    private readonly LocalChain _chain;
    private readonly Dictionary<string, Address> _addresses = [];
    private readonly Dictionary<Address, string> _names;

    private ContractsUnderTest(LocalChain chain, TokenContract token, RegistryContract registry, AccountantContract accountant, Setup setup)
    {
        (_chain, Token, Registry, Accountant, Setup) = (chain, token, registry, accountant, setup);
        foreach (var person in setup.People) _addresses[person] = chain.KeyOf(person).Address;
        _addresses[World.Accountant] = accountant.Address;
        _addresses[World.Treasury] = TreasuryAddress;
        _addresses[World.Nobody] = Address.Zero;
        _names = [];
    }

    public TokenContract Token { get; }

    public RegistryContract Registry { get; }

    public AccountantContract Accountant { get; }

    public Setup Setup { get; }

    public IEthereumClient Client => _chain.Client;

    /// <summary>Deploys everything anew.</summary>
    public static async Task<ContractsUnderTest> DeployAsync(LocalChain chain)
    {
        using var key = DevelopmentAccounts.Key(0);
        var options = new TransactionSenderOptions { Confirmations = 0, PollInterval = TimeSpan.FromMilliseconds(5) };
        using var sender = new TransactionSender(chain.Client, key, chain.ChainId, options);
        var deployment = new Deployment(chain.Client, sender);
        var token = await deployment.DeployTokenAsync();
        var terms = new Setup(0, 0, new Dictionary<string, UInt128>());
        var registry = await deployment.DeployRegistryAsync(
            token.Address, new Amount(terms.MinimumStake), new Amount(terms.RegistrationFee), TreasuryAddress);
        var tokens = new Dictionary<string, UInt128>();
        var time = (await chain.Client.GetBlockAsync(BlockReference.Latest))!.Timestamp;
        foreach (var person in terms.People)
        {
            await chain.SendAsync(person, token.Mint(chain.KeyOf(person).Address, Wealth), ++time);
            await chain.SendAsync(person, token.Approve(registry.Address, Amount.MaxValue), ++time);
            tokens[person] = Wealth.Units;
        }
        var registered = ++time;
        var receipt = await chain.SendAsync(
            terms.Owner,
            registry.RegisterAccountant(chain.KeyOf(terms.Operator).Address, new Amount(terms.Stake), (ushort)terms.FeeBasisPoints),
            registered);
        var accountant = new AccountantContract(
            chain.Client, receipt.Events<AccountantRegistered>(registry.Address).Single().Accountant);
        tokens[terms.Owner] -= terms.Stake;
        tokens[World.Accountant] = terms.Stake;
        foreach (var person in terms.People) await chain.SendAsync(person, token.Approve(accountant.Address, Amount.MaxValue), ++time);
        var contracts = new ContractsUnderTest(chain, token, registry, accountant, new Setup(registered, time, tokens));
        await contracts.NameAsync();
        return contracts;
    }

    public Address AddressOf(string name) => _addresses[name];

    public string NameOf(Address address) => _names.GetValueOrDefault(address) ?? address.ToString();

    public ConsumerChannelContract ChannelOf(string consumer) => new(Client, AddressOf(World.ChannelOf(consumer)));

    public Bytes32 ConsumerChannelId(string consumer) => ChannelId.OfConsumer(AddressOf(World.ChannelOf(consumer)));

    public Bytes32 ProviderChannelId(string provider) => ChannelId.OfProvider(AddressOf(provider), Accountant.Address);

    /// <summary>Signs in the accountant's domain, or in that of another contract.</summary>
    public Signature Sign<T>(T message, string signer, Address? contract = null)
        where T : struct, ITypedMessage =>
        Curve.Default.Sign(new AccountantDomain(_chain.ChainId, contract ?? Accountant.Address).Digest(message), _chain.KeyOf(signer));

    public PromiseToCollect Row(ConsumersPromise promise)
    {
        // An agreement's total is above zero, whatever the promise says.
        var agreement = new Agreement(AddressOf(promise.Consumer), AgreementId.From(1), new Amount(1));
        var message = new ConsumerPromise(ConsumerChannelId(promise.Consumer), new Amount(promise.Amount), R.ToHashlock(), agreement);
        return new PromiseToCollect(
            AddressOf(promise.Consumer), message.Amount, agreement.HashStruct(), R, Sign(message, promise.Signer));
    }

    public PromiseToSettle Row(AccountantsPromise promise)
    {
        var channelId = ProviderChannelId(promise.Provider);
        var message = new ProviderPromise(channelId, new Amount(promise.Amount), R.ToHashlock());
        return new PromiseToSettle(
            AddressOf(promise.Provider),
            message.Amount,
            R,
            Sign(message, promise.Signer),
            promise.Fee is { } fee ? Fee(channelId, fee) : null);
    }

    public SignedLoanReturn Row(string provider, SignedReturn loanReturn)
    {
        var message = new ReturnLoan(ProviderChannelId(provider), new Amount(loanReturn.TotalReturned), loanReturn.Deadline);
        return new SignedLoanReturn(message, Sign(message, loanReturn.Signer));
    }

    /// <summary>Sends a step. Null and the failed rows if it was carried out, else the error's name.</summary>
    public async Task<(string? Error, IReadOnlyList<(int Row, string Error)> FailedRows)> SendAsync(Step step, ulong time)
    {
        var call = step.ToCall(this);
        var receipt = await _chain.SendAsync(step.Sender, call, time);
        if (!receipt.Succeeded) return (await _chain.WhyAsync(step.Sender, call, receipt.BlockNumber) ?? "no reason that can be found", []);
        return (null, [.. receipt.Events<RowFailed>(Accountant.Address).Select(failed => ((int)failed.Row, failed.Error.Name))]);
    }

    private SignedSettlementFee Fee(Bytes32 channelId, SignedFee fee)
    {
        var message = new SettlementFee(
            channelId, new Amount(fee.TotalFee), AddressOf(fee.Maker), new Amount(fee.MinSettled), fee.Deadline);
        return new SignedSettlementFee(message, Sign(message, fee.Signer));
    }

    private async Task NameAsync()
    {
        foreach (var consumer in Setup.Consumers)
            _addresses[World.ChannelOf(consumer)] =
                await Registry.GetChannelAddressAsync(AddressOf(consumer), Accountant.Address, BlockReference.Latest);
        foreach (var (name, address) in _addresses) _names[address] = name;
    }
}
