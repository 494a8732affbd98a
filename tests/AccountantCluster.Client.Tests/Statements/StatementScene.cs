using AccountantCluster.Chain;
using AccountantCluster.Client.OnChain;
using AccountantCluster.Client.Statements;
using AccountantCluster.Client.Tests.OnChain;
using AccountantCluster.Client.Tests.Support;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Tests.Statements;

/// <summary>One consumer and one provider on a real chain, and an operator that signs and pays whatever a test wants.</summary>
internal sealed class StatementScene(LocalChain chain) : IDisposable
{
    private const ulong Forever = 1UL << 40;

    private static readonly Preimage R = new(Keccak256.Hash("R"u8));

    private readonly PrivateKey _consumer = PrivateKey.Generate();
    private readonly PrivateKey _provider = PrivateKey.Generate();

    public Address Consumer => _consumer.Address;

    public Address Provider => _provider.Address;

    public Address Channel => chain.Profile.ChannelOf(Consumer);

    public StatementReader Reader(int lineLimit = StatementLimits.Lines) =>
        new(chain.Client, chain.Profile, confirmations: 0, lineLimit);

    public Task<TransactionReceipt> TopUpAsync(ulong amount) =>
        new Funding(chain.Client, chain.Profile, chain.Sender).TopUpAsync(Consumer, new Amount(amount));

    public Task<IdentityRegistered> RegisterAsync(ulong loan = 0, ulong fee = 0, Address transactionMaker = default) =>
        new Registration(chain.Client, chain.Profile).SendAsync(
            SignedRegistration.Sign(
                chain.Profile, _consumer, Forever, new Amount(loan), fee: new Amount(fee), transactionMaker: transactionMaker),
            chain.Sender);

    public Task<TransactionReceipt> CollectAsync(ulong amount)
    {
        var agreement = new Agreement(Provider, AgreementId.From(1), new Amount(amount));
        var promise = new ConsumerPromise(ChannelId.OfConsumer(Channel), new Amount(amount), R.ToHashlock(), agreement);
        return chain.Sender.SendAsync(chain.Accountant.Collect(
            [new PromiseToCollect(Consumer, promise.Amount, agreement.HashStruct(), R, Sign(promise, _consumer))]));
    }

    /// <summary>The accountant's promise, with a fee total for a transaction maker.</summary>
    public PromiseToSettle Promise(ulong amount, ulong feeTotal = 0, Address transactionMaker = default)
    {
        var channel = chain.Profile.ProviderChannelOf(Provider);
        var promise = new ProviderPromise(channel, new Amount(amount), R.ToHashlock());
        var fee = new SettlementFee(channel, new Amount(feeTotal), transactionMaker, Amount.Zero, Forever);
        return new PromiseToSettle(Provider, promise.Amount, R, Sign(promise, TestWorld.Operator))
        {
            Fee = feeTotal == 0 ? null : new SignedSettlementFee(fee, Sign(fee, _provider)),
        };
    }

    /// <summary>Sends a provider's money elsewhere from now on.</summary>
    public Task<TransactionReceipt> RedirectAsync(Address beneficiary)
    {
        var message = new SetBeneficiary(chain.Profile.ProviderChannelOf(Provider), beneficiary, Nonce: 0, Forever);
        return chain.Sender.SendAsync(chain.Accountant.SetBeneficiary(Provider, message, Sign(message, _provider)));
    }

    public Task<TransactionReceipt> LeaveWithConsentAsync(ulong amount, ulong nonce)
    {
        var message = new ConsentExit(ChannelId.OfConsumer(Channel), Consumer, new Amount(amount), nonce, Forever);
        return chain.Sender.SendAsync(new ConsumerChannelContract(chain.Client, Channel)
            .ConsentExit(message, Sign(message, _consumer), Sign(message, TestWorld.Operator)));
    }

    public async Task<TransactionReceipt> LeaveAsync(ulong nonce)
    {
        var contract = new ConsumerChannelContract(chain.Client, Channel);
        var message = new RequestExit(ChannelId.OfConsumer(Channel), Consumer, nonce, Forever);
        await chain.Sender.SendAsync(contract.RequestExit(message, Sign(message, _consumer)));
        await chain.Anvil.AdvanceTimeAsync(TimeSpan.FromDays(5));
        return await chain.Sender.SendAsync(contract.FinalizeExit());
    }

    public void Dispose()
    {
        _consumer.Dispose();
        _provider.Dispose();
    }

    private Signature Sign<T>(T message, PrivateKey key)
        where T : struct, ITypedMessage => Curve.Default.Sign(chain.Profile.Domain.Digest(message), key);
}
