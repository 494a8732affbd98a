using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The accountant on chain: its funds and all of its provider channels (paper §4.2, §4.5).</summary>
public sealed class AccountantContract(IEthereumClient client, Address address)
{
    private readonly ContractReader _reader = new(client, address);

    /// <summary>Where it is.</summary>
    public Address Address => address;

    /// <summary>A provider channel.</summary>
    public Task<ProviderChannelOnChain> GetChannelAsync(Address provider, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Channel, new AbiEncoder().Add(provider), ProviderChannelOnChain.Read, block, cancellation);

    /// <summary>Whether a key signs for the accountant.</summary>
    public Task<bool> IsOperatorAsync(Address operatorAddress, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.IsOperator, new AbiEncoder().Add(operatorAddress), data => data.ReadBool(), block, cancellation);

    /// <summary>Who owns the funds.</summary>
    public Task<Address> GetOwnerAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Owner, data => data.ReadAddress(), block, cancellation);

    /// <summary>The token.</summary>
    public Task<Address> GetTokenAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Token, data => data.ReadAddress(), block, cancellation);

    /// <summary>The registry that deployed it.</summary>
    public Task<Address> GetRegistryAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Registry, data => data.ReadAddress(), block, cancellation);

    /// <summary>The fee, in hundredths of a percent.</summary>
    public Task<ulong> GetFeeBasisPointsAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.FeeBasisPoints, data => data.ReadUInt64(), block, cancellation);

    /// <summary>S, the stake.</summary>
    public Task<Amount> GetStakeAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Stake, data => data.ReadAmount(), block, cancellation);

    /// <summary>L, the sum of all balances.</summary>
    public Task<Amount> GetLockedFundsAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.LockedFunds, data => data.ReadAmount(), block, cancellation);

    /// <summary>V, the sum of what each channel may need: the larger of loan and balance.</summary>
    public Task<Amount> GetReservedFundsAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.ReservedFunds, data => data.ReadAmount(), block, cancellation);

    /// <summary>What is neither reserved nor staked.</summary>
    public Task<Amount> GetWithdrawableAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Withdrawable, data => data.ReadAmount(), block, cancellation);

    /// <summary>Pays one provider; with a fee for whoever is named in it, if there is one.</summary>
    public ContractCall SettlePromise(PromiseToSettle promise)
    {
        var arguments = new AbiEncoder()
            .Add(promise.Provider)
            .Add(promise.Amount)
            .Add(promise.Preimage.Value)
            .AddBytes(promise.Signature.ToArray());
        return promise.Fee is null
            ? AccountantAbi.SettlePromise.Call(address, arguments)
            : AccountantAbi.SettlePromiseWithFee.Call(address, arguments.AddTuple(Fee(promise.Fee)));
    }

    /// <summary>Pays many providers; a row that fails reports <see cref="RowFailed"/> and hinders no other.</summary>
    public ContractCall SettlePromises(IReadOnlyCollection<PromiseToSettle> rows) => AccountantAbi.SettlePromises.Call(
        address,
        new AbiEncoder().AddArray(rows, (array, row) => array.AddTuple(new AbiEncoder()
            .Add(row.Provider)
            .Add(row.Amount)
            .Add(row.Preimage.Value)
            .AddBytes(row.Signature.ToArray())
            .AddTuple(Fee(row.Fee)))));

    /// <summary>Cashes many consumer promises; a row that fails reports <see cref="RowFailed"/> and hinders no other.</summary>
    public ContractCall Collect(IReadOnlyCollection<PromiseToCollect> rows) => AccountantAbi.Collect.Call(
        address,
        new AbiEncoder().AddArray(rows, (array, row) => array.AddTuple(new AbiEncoder()
            .Add(row.Channel)
            .Add(row.Amount)
            .Add(row.AgreementHash)
            .Add(row.Preimage.Value)
            .AddBytes(row.Signature.ToArray()))));

    /// <summary>Refills a provider channel towards its loan.</summary>
    public ContractCall RebalanceChannel(Address provider) => AccountantAbi.RebalanceChannel.Call(address, new AbiEncoder().Add(provider));

    /// <summary>Refills many.</summary>
    public ContractCall RebalanceChannels(IReadOnlyCollection<Address> providers) =>
        AccountantAbi.RebalanceChannels.Call(address, new AbiEncoder().AddArray(providers, (array, provider) => array.Add(provider)));

    /// <summary>Lends more for a provider; the tokens are taken from the sender, who approves them before.</summary>
    public ContractCall IncreaseLoan(Address provider, Amount amount) =>
        AccountantAbi.IncreaseLoan.Call(address, new AbiEncoder().Add(provider).Add(amount));

    // In a batch a fee with an empty signature is no fee.
    private static AbiEncoder Fee(SignedSettlementFee? fee) => new AbiEncoder()
        .Add(fee?.Message.TotalFee ?? Amount.Zero)
        .Add(fee?.Message.TransactionMaker ?? Address.Zero)
        .Add(fee?.Message.MinSettled ?? Amount.Zero)
        .Add(fee?.Message.Deadline ?? 0)
        .AddBytes(fee is null ? [] : fee.Signature.ToArray());
}
