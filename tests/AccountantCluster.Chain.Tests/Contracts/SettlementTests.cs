using AccountantCluster.Protocol;

namespace AccountantCluster.Chain.Tests.Contracts;

/// <summary>The way of the money on a real chain, with everything signed in C#.</summary>
[Collection(LocalNetworkGroup.Name)]
public sealed class SettlementTests(LocalNetworkFixture network) : IAsyncLifetime
{
    private static readonly ulong Forever = 1UL << 40;

    private readonly PrivateKey _consumer = PrivateKey.Generate();
    private readonly PrivateKey _provider = PrivateKey.Generate();
    private readonly PrivateKey _operator = PrivateKey.Generate();
    private TransactionSender _sender = null!;
    private AccountantContract _accountant = null!;
    private Address _channel;

    public async Task InitializeAsync()
    {
        _sender = network.NewSender();
        await _sender.SendAsync(network.Token.Mint(_sender.Address, new Amount(10_000)));
        _accountant = await new Deployment(network.Client, _sender).RegisterAccountantAsync(
            network.Registry, _operator.Address, new Amount(1_000), 100);
        var implementation = await network.Registry.GetConsumerChannelImplementationAsync(BlockReference.Latest);
        _channel = ConsumerChannelAddress.Predict(
            network.Registry.Address, implementation, _consumer.Address, _accountant.Address, network.Token.Address);
    }

    public Task DisposeAsync()
    {
        _consumer.Dispose();
        _provider.Dispose();
        _operator.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_promise_signed_in_csharp_settles_on_anvil()
    {
        await TopUpAsync(705);
        var registered = await RegisterAsync(_consumer);
        var preimage = new Preimage(Keccak256.Hash("R"u8));

        var collecting = await _sender.SendAsync(_accountant.Collect([Collect(600, preimage)]));
        var settling = await _sender.SendAsync(_accountant.SettlePromise(Settle(594, preimage)));

        Assert.Equal((_consumer.Address, _accountant.Address, _channel), (registered.Identity, registered.Accountant, registered.Channel));
        Assert.Equal(new Amount(5), registered.RegistrationFee);
        var inner = Assert.Single(collecting.Events<ConsumerPromiseSettled>(_channel));
        Assert.Equal(
            (_accountant.Address, new Amount(600), new Amount(600), new Amount(600), preimage),
            (inner.Accountant, inner.Requested, inner.Paid, inner.Settled, inner.Lock));
        var settled = Assert.Single(settling.Events<ProviderPromiseSettled>(_accountant.Address));
        Assert.Equal(
            (_provider.Address, _provider.Address, new Amount(594), new Amount(594), Amount.Zero, new Amount(594), preimage),
            (settled.Provider, settled.Beneficiary, settled.Requested, settled.Paid, settled.Fee, settled.Settled, settled.Lock));
        Assert.Equal(new Amount(594), await BalanceAsync(_provider.Address));
        Assert.Equal(new Amount(100), await BalanceAsync(_channel));
        Assert.Equal(new Amount(1_006), await BalanceAsync(_accountant.Address));
        Assert.Equal(new Amount(6), await _accountant.GetWithdrawableAsync(BlockReference.Latest));
        Assert.Equal(new Amount(600), await new ConsumerChannelContract(network.Client, _channel).GetSettledAsync(BlockReference.Latest));
    }

    [Fact]
    public async Task The_fee_of_a_settlement_goes_to_the_named_transaction_maker()
    {
        await TopUpAsync(705);
        await RegisterAsync(_consumer);
        var preimage = new Preimage(Keccak256.Hash("R"u8));
        await _sender.SendAsync(_accountant.Collect([Collect(600, preimage)]));
        using var maker = PrivateKey.Generate();
        var fee = new SettlementFee(
            ChannelId.OfProvider(_provider.Address, _accountant.Address), new Amount(7), maker.Address, new Amount(500), Forever);

        var receipt = await _sender.SendAsync(_accountant.SettlePromise(
            Settle(500, preimage) with { Fee = new SignedSettlementFee(fee, Sign(_accountant.Address, fee, _provider)) }));

        Assert.Equal(new Amount(7), Assert.Single(receipt.Events<ProviderPromiseSettled>(_accountant.Address)).Fee);
        Assert.Equal(new Amount(493), await BalanceAsync(_provider.Address));
        Assert.Equal(new Amount(7), await BalanceAsync(maker.Address));
    }

    [Fact]
    public async Task In_batches_a_bad_row_fails_alone_and_says_why()
    {
        await TopUpAsync(705);
        await RegisterAsync(_consumer);
        var preimage = new Preimage(Keccak256.Hash("R"u8));
        using var forger = PrivateKey.Generate();
        var forged = Settle(10, preimage) with { Provider = forger.Address };

        var collecting = await _sender.SendAsync(
            _accountant.Collect([Collect(300, preimage) with { Amount = new Amount(301) }, Collect(600, preimage)]));
        var settling = await _sender.SendAsync(_accountant.SettlePromises([forged, Settle(100, preimage), Settle(100, preimage)]));

        var refused = Assert.Single(collecting.Events<RowFailed>(_accountant.Address));
        Assert.Equal((0UL, _channel, "InvalidSigner"), (refused.Row, refused.Subject, refused.Error.Name));
        Assert.Equal(
            [(0UL, forger.Address, "InvalidSigner"), (2UL, _provider.Address, "AlreadySettled")],
            settling.Events<RowFailed>(_accountant.Address).Select(row => (row.Row, row.Subject, row.Error.Name)));
        Assert.Equal(new Amount(100), await BalanceAsync(_provider.Address));
    }

    [Fact]
    public async Task A_wrong_signature_has_its_name_and_the_signer_that_it_recovers_to()
    {
        var preimage = new Preimage(Keccak256.Hash("R"u8));
        using var forger = PrivateKey.Generate();
        var promise = new ProviderPromise(
            ChannelId.OfProvider(_provider.Address, _accountant.Address), new Amount(50), preimage.ToHashlock());

        var problem = await Assert.ThrowsAsync<ContractRevertedException>(() => _sender.SendAsync(_accountant.SettlePromise(
            new PromiseToSettle(_provider.Address, promise.Amount, preimage, Sign(_accountant.Address, promise, forger)))));

        Assert.Equal("InvalidSigner", problem.Error.Name);
        Assert.Equal([forger.Address.ToString()], problem.Error.Arguments);
    }

    [Fact]
    public async Task A_loan_is_refilled_by_rebalancing_after_it_paid()
    {
        await _sender.SendAsync(network.Token.Approve(_accountant.Address, new Amount(400)));
        var lending = await _sender.SendAsync(_accountant.IncreaseLoan(_provider.Address, new Amount(400)));

        var receipt = await _sender.SendAsync(_accountant.SettlePromise(Settle(300, new Preimage(Keccak256.Hash("R"u8)))));
        await _sender.SendAsync(_accountant.RebalanceChannels([_provider.Address, _sender.Address]));

        var increased = Assert.Single(lending.Events<LoanIncreased>(_accountant.Address));
        Assert.Equal((_provider.Address, new Amount(400), new Amount(400)), (increased.Provider, increased.Loan, increased.Added));
        // The stake backs the refill, in the same call.
        var rebalanced = Assert.Single(receipt.Events<ChannelRebalanced>(_accountant.Address));
        Assert.Equal((_provider.Address, new Amount(400), new Amount(300)), (rebalanced.Provider, rebalanced.Balance, rebalanced.Added));
        var channel = await _accountant.GetChannelAsync(_provider.Address, BlockReference.Latest);
        Assert.Equal(
            new ProviderChannelOnChain(Address.Zero, new Amount(400), Amount.Zero, new Amount(400), new Amount(300), Amount.Zero, 0),
            channel);
        Assert.Equal(new Amount(400), await _accountant.GetLockedFundsAsync(BlockReference.Latest));
        Assert.Equal(new Amount(400), await _accountant.GetReservedFundsAsync(BlockReference.Latest));
    }

    [Fact]
    public async Task Everything_that_is_fixed_can_be_read()
    {
        var (registry, latest) = (network.Registry, BlockReference.Latest);

        Assert.Equal(network.Token.Address, await registry.GetTokenAsync(latest));
        Assert.Equal(new Amount(1_000), await registry.GetMinimumStakeAsync(latest));
        Assert.Equal(new Amount(5), await registry.GetRegistrationFeeAsync(latest));
        Assert.Equal(network.Deployer.Address, await registry.GetTreasuryAsync(latest));
        Assert.NotEqual(
            await registry.GetAccountantImplementationAsync(latest), await registry.GetConsumerChannelImplementationAsync(latest));
        Assert.True(await registry.IsAccountantAsync(_accountant.Address, latest));
        Assert.False(await registry.IsAccountantAsync(_sender.Address, latest));
        Assert.Equal(_sender.Address, await _accountant.GetOwnerAsync(latest));
        Assert.Equal(network.Token.Address, await _accountant.GetTokenAsync(latest));
        Assert.Equal(registry.Address, await _accountant.GetRegistryAsync(latest));
        Assert.Equal(100UL, await _accountant.GetFeeBasisPointsAsync(latest));
        Assert.Equal(new Amount(1_000), await _accountant.GetStakeAsync(latest));
        Assert.True(await _accountant.IsOperatorAsync(_operator.Address, latest));
        Assert.False(await _accountant.IsOperatorAsync(_sender.Address, latest));
        Assert.Equal(_channel, await registry.GetChannelAddressAsync(_consumer.Address, _accountant.Address, latest));
        Assert.False(await registry.IsRegisteredAsync(_consumer.Address, _accountant.Address, latest));
        await Assert.ThrowsAsync<AbiException>(() => new ConsumerChannelContract(network.Client, _channel).GetSettledAsync(latest));
    }

    private static Signature Sign<T>(AccountantDomain domain, T message, PrivateKey key)
        where T : struct, ITypedMessage => Curve.Default.Sign(domain.Digest(message), key);

    private Signature Sign<T>(Address contract, T message, PrivateKey key)
        where T : struct, ITypedMessage => Sign(new AccountantDomain(network.Anvil.ChainId, contract), message, key);

    private Task<Amount> BalanceAsync(Address account) => network.Token.GetBalanceAsync(account, BlockReference.Latest);

    private Task<TransactionReceipt> TopUpAsync(ulong amount) => _sender.SendAsync(network.Token.Mint(_channel, new Amount(amount)));

    private async Task<IdentityRegistered> RegisterAsync(PrivateKey identity)
    {
        var message = new RegisterIdentity(
            identity.Address, _accountant.Address, Amount.Zero, Address.Zero, Amount.Zero, Address.Zero, Forever);
        var call = network.Registry.RegisterIdentity(message, Sign(network.Registry.Address, message, identity));
        var receipt = await _sender.SendAsync(call);
        return receipt.Events<IdentityRegistered>(network.Registry.Address).Single();
    }

    private PromiseToCollect Collect(ulong amount, Preimage preimage)
    {
        var agreement = new Agreement(_provider.Address, AgreementId.From(1), new Amount(amount));
        var promise = new ConsumerPromise(ChannelId.OfConsumer(_channel), new Amount(amount), preimage.ToHashlock(), agreement);
        return new PromiseToCollect(
            _consumer.Address, promise.Amount, agreement.HashStruct(), preimage, Sign(_accountant.Address, promise, _consumer));
    }

    private PromiseToSettle Settle(ulong amount, Preimage preimage)
    {
        var promise = new ProviderPromise(
            ChannelId.OfProvider(_provider.Address, _accountant.Address), new Amount(amount), preimage.ToHashlock());
        return new PromiseToSettle(_provider.Address, promise.Amount, preimage, Sign(_accountant.Address, promise, _operator));
    }
}
