using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>The registry of identities and accountants (paper §4.3). Nothing in it but its lists ever changes.</summary>
public sealed class RegistryContract(IEthereumClient client, Address address)
{
    private readonly ContractReader _reader = new(client, address);

    /// <summary>Where it is.</summary>
    public Address Address => address;

    /// <summary>The registry's one token.</summary>
    public Task<Address> GetTokenAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.Token, data => data.ReadAddress(), block, cancellation);

    /// <summary>The least stake of an accountant.</summary>
    public Task<Amount> GetMinimumStakeAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.MinimumStake, data => data.ReadAmount(), block, cancellation);

    /// <summary>What registering an identity costs.</summary>
    public Task<Amount> GetRegistrationFeeAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.RegistrationFee, data => data.ReadAmount(), block, cancellation);

    /// <summary>Who receives registration fees.</summary>
    public Task<Address> GetTreasuryAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.Treasury, data => data.ReadAddress(), block, cancellation);

    /// <summary>The code behind accountants.</summary>
    public Task<Address> GetAccountantImplementationAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.AccountantImplementation, data => data.ReadAddress(), block, cancellation);

    /// <summary>The code behind consumer channels, part of their addresses.</summary>
    public Task<Address> GetConsumerChannelImplementationAsync(BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.ConsumerChannelImplementation, data => data.ReadAddress(), block, cancellation);

    /// <summary>Whether this registry deployed that accountant.</summary>
    public Task<bool> IsAccountantAsync(Address accountant, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.IsAccountant, new AbiEncoder().Add(accountant), data => data.ReadBool(), block, cancellation);

    /// <summary>How many accountants an owner has registered: the index of its next one.</summary>
    public Task<ulong> GetAccountantCountAsync(Address owner, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(RegistryAbi.AccountantCount, new AbiEncoder().Add(owner), data => data.ReadUInt64(), block, cancellation);

    /// <summary>Where an accountant is or will be.</summary>
    /// <param name="owner">Who registers it.</param>
    /// <param name="operatorAddress">Its first operator key.</param>
    /// <param name="index">How many accountants the owner has registered before it.</param>
    /// <param name="block">Asked at this block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<Address> GetAccountantAddressAsync(
        Address owner, Address operatorAddress, ulong index, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(
            RegistryAbi.AccountantAddress,
            new AbiEncoder().Add(owner).Add(operatorAddress).Add(index),
            data => data.ReadAddress(),
            block,
            cancellation);

    /// <summary>Whether the identity's consumer channel with that accountant exists.</summary>
    public Task<bool> IsRegisteredAsync(
        Address identity, Address accountant, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(
            RegistryAbi.IsRegistered, new AbiEncoder().Add(identity).Add(accountant), data => data.ReadBool(), block, cancellation);

    /// <summary>Where the identity's consumer channel with that accountant is or will be.</summary>
    public Task<Address> GetChannelAddressAsync(
        Address identity, Address accountant, BlockReference block, CancellationToken cancellation = default) =>
        _reader.ReadAsync(
            RegistryAbi.ChannelAddress, new AbiEncoder().Add(identity).Add(accountant), data => data.ReadAddress(), block, cancellation);

    /// <summary>Deploys an accountant that the sender owns; its stake is taken from the sender, who approves it before.</summary>
    public ContractCall RegisterAccountant(Address operatorAddress, Amount stake, ushort feeBasisPoints) =>
        RegistryAbi.RegisterAccountant.Call(address, new AbiEncoder().Add(operatorAddress).Add(stake).Add(feeBasisPoints));

    /// <summary>Registers whoever signed the message, in the registry's own domain. Anyone may send it.</summary>
    public ContractCall RegisterIdentity(in RegisterIdentity message, in Signature signature) => RegistryAbi.RegisterIdentity.Call(
        address,
        new AbiEncoder()
            .AddTuple(new AbiEncoder()
                .Add(message.Identity)
                .Add(message.Accountant)
                .Add(message.Loan)
                .Add(message.Beneficiary)
                .Add(message.Fee)
                .Add(message.TransactionMaker)
                .Add(message.Deadline))
            .AddBytes(signature.ToArray()));

    /// <summary>Sends all of a token that lies at the registry by mistake to the treasury. Anyone may send it.</summary>
    public ContractCall RescueTokens(Address lostToken) => RegistryAbi.RescueTokens.Call(address, new AbiEncoder().Add(lostToken));

    /// <summary>Sends all ether that lies at the registry by mistake to the treasury. Anyone may send it.</summary>
    public ContractCall RescueEther() => RegistryAbi.RescueEther.Call(address);
}
