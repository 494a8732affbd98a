using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Accountants;

/// <summary>
/// Where an accountant stands on chain: everything that signatures and channel addresses depend on. Comes from the user or from the chain,
/// never from the accountant alone; what an accountant says of itself is compared with it.
/// </summary>
/// <param name="ChainId">The blockchain.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="Registry">The registry that it belongs to.</param>
/// <param name="Token">The registry's token.</param>
/// <param name="ConsumerChannelImplementation">The registry's code behind consumer channels, part of their addresses.</param>
public sealed record AccountantProfile(
    ulong ChainId, Address Accountant, Address Registry, Address Token, Address ConsumerChannelImplementation)
{
    /// <summary>The EIP-712 domain of promises and sessions.</summary>
    public AccountantDomain Domain { get; } = new(ChainId, Accountant);

    /// <summary>The EIP-712 domain of <see cref="RegisterIdentity"/>.</summary>
    public AccountantDomain RegistryDomain { get; } = new(ChainId, Registry);

    /// <summary>Whether both are the same accountant with the same contracts around it.</summary>
    public bool Equals(AccountantProfile? other) => other is not null && Parts(this) == Parts(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Parts(this).GetHashCode();

    /// <summary>Address of a consumer's channel with this accountant, before and after it exists (paper §4.3).</summary>
    public Address ChannelOf(Address consumer) =>
        ConsumerChannelAddress.Predict(Registry, ConsumerChannelImplementation, consumer, Accountant, Token);

    /// <summary>Id of a provider's channel with this accountant, as it stands in signed messages.</summary>
    public Bytes32 ProviderChannelOf(Address provider) => ChannelId.OfProvider(provider, Accountant);

    // The domains follow from them.
    private static (ulong, Address, Address, Address, Address) Parts(AccountantProfile profile) =>
        (profile.ChainId, profile.Accountant, profile.Registry, profile.Token, profile.ConsumerChannelImplementation);
}
