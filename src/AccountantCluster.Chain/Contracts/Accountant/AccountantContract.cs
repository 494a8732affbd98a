using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>
/// The accountant on chain: its funds and all of its provider channels (paper §4.2, §4.5). Amounts are in token base units, times in seconds
/// since 1970. This part is about the books: T = tokens held, L = Σ balance, V = Σ max(loan, balance), S = stake.
/// </summary>
public sealed partial class AccountantContract(IEthereumClient client, Address address)
{
    private readonly ContractReader _reader = new(client, address);

    /// <summary>Where it is.</summary>
    public Address Address => address;

    /// <summary>The token.</summary>
    public Task<Address> GetTokenAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Token, data => data.ReadAddress(), block, cancellation);

    /// <summary>The registry that deployed it.</summary>
    public Task<Address> GetRegistryAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Registry, data => data.ReadAddress(), block, cancellation);

    /// <summary>A provider channel.</summary>
    public Task<ProviderChannelOnChain> GetChannelAsync(Address provider, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(AccountantAbi.Channel, new AbiEncoder().Add(provider), ProviderChannelOnChain.Read, block, cancellation);

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

    /// <summary>Refills a provider channel towards its loan.</summary>
    public ContractCall RebalanceChannel(Address provider) => AccountantAbi.RebalanceChannel.Call(address, new AbiEncoder().Add(provider));

    /// <summary>Refills many.</summary>
    public ContractCall RebalanceChannels(IReadOnlyCollection<Address> providers) =>
        AccountantAbi.RebalanceChannels.Call(address, new AbiEncoder().AddArray(providers, (array, provider) => array.Add(provider)));

    /// <summary>Sends a provider's settlements and returned loans elsewhere. Anyone may send it.</summary>
    /// <param name="provider">Whose channel.</param>
    /// <param name="message">What the provider signed, for its channel with this accountant.</param>
    /// <param name="signature">By the provider.</param>
    public ContractCall SetBeneficiary(Address provider, in SetBeneficiary message, in Signature signature) => AccountantAbi.SetBeneficiary.Call(
        address,
        new AbiEncoder()
            .Add(provider)
            .Add(message.Beneficiary)
            .Add(message.Nonce)
            .Add(message.Deadline)
            .AddBytes(signature.ToArray()));
}
