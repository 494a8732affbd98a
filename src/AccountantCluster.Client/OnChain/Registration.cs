using AccountantCluster.Chain;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.OnChain;

/// <summary>
/// Registers identities with one accountant, out of the tokens that lie at their predicted channel addresses (paper §4.3).
/// </summary>
public sealed class Registration(IEthereumClient client, AccountantProfile profile)
{
    private readonly RegistryContract _registry = new(client, profile.Registry);

    /// <summary>
    /// What must lie at the channel's address before it can be registered, in token base units: registration fee, loan and fee.
    /// </summary>
    public async Task<Amount> GetCostAsync(SignedRegistration registration, CancellationToken cancellation = default) =>
        await _registry.GetRegistrationFeeAsync(BlockReference.Latest, cancellation) + registration.Message.Loan + registration.Message.Fee;

    /// <summary>Whether an identity's consumer channel exists.</summary>
    public Task<bool> IsRegisteredAsync(Address identity, CancellationToken cancellation = default) =>
        _registry.IsRegisteredAsync(identity, profile.Accountant, BlockReference.Latest, cancellation);

    /// <summary>Sends a registration and waits until it is confirmed.</summary>
    /// <returns>What the registry wrote.</returns>
    /// <exception cref="EthereumException">It was refused, or nobody can say what became of it.</exception>
    public async Task<IdentityRegistered> SendAsync(
        SignedRegistration registration, TransactionSender sender, CancellationToken cancellation = default)
    {
        var receipt = await sender.SendAsync(_registry.RegisterIdentity(registration.Message, registration.Signature), cancellation);
        var registered = receipt.Events<IdentityRegistered>(profile.Registry).Single();
        return registered.Channel == profile.ChannelOf(registration.Message.Identity)
            ? registered
            : throw new EthereumUnavailableException("The registry deployed a channel at another address than was predicted.");
    }
}
