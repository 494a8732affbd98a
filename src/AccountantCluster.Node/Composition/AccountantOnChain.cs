using AccountantCluster.Chain;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster;
using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Composition;

/// <summary>What the chain says about the accountant that a node serves, read and checked once, before anything starts.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="Accountant">The accountant's contract.</param>
/// <param name="Registry">Its registry.</param>
/// <param name="Token">The registry's token.</param>
/// <param name="ConsumerChannelImplementation">What consumer channels are proxies of.</param>
/// <param name="RegistrationFee">What the registry takes for an identity, in token base units.</param>
/// <param name="Fee">The accountant's fee, with what is announced.</param>
public sealed record AccountantOnChain(
    ulong ChainId,
    Address Accountant,
    Address Registry,
    Address Token,
    Address ConsumerChannelImplementation,
    Amount RegistrationFee,
    FeeTerms Fee)
{
    /// <summary>Reads it at the newest block; <paramref name="operatorAddress"/> is null for a node that signs no promises.</summary>
    /// <exception cref="ConfigurationException">The chain does not answer, or the addresses and the key do not belong together.</exception>
    public static async Task<AccountantOnChain> ReadAsync(
        IEthereumClient client, NodeConfiguration.ChainSection section, Address? operatorAddress, CancellationToken cancellation)
    {
        var (registryAddress, accountantAddress) = (ReadAddress(section.Registry, "registry"), ReadAddress(section.Accountant, "accountant"));
        var (registry, accountant) = (new RegistryContract(client, registryAddress), new AccountantContract(client, accountantAddress));
        try
        {
            if (!await registry.IsAccountantAsync(accountantAddress, BlockReference.Latest, cancellation))
                throw new ConfigurationException($"The registry {registryAddress} knows no accountant {accountantAddress}.");
            if (operatorAddress is { } signer && !await accountant.IsOperatorAsync(signer, BlockReference.Latest, cancellation))
                throw new ConfigurationException($"{signer} is no operator of the accountant {accountantAddress}: its promises would not settle.");
            return new AccountantOnChain(
                await client.GetChainIdAsync(cancellation),
                accountantAddress,
                registryAddress,
                await registry.GetTokenAsync(BlockReference.Latest, cancellation),
                await registry.GetConsumerChannelImplementationAsync(BlockReference.Latest, cancellation),
                await registry.GetRegistrationFeeAsync(BlockReference.Latest, cancellation),
                await accountant.ReadFeeTermsAsync(BlockReference.Latest, cancellation));
        }
        catch (AbiException problem)
        {
            throw new ConfigurationException($"No registry and accountant of this kind at {registryAddress} and {accountantAddress}.", problem);
        }
        catch (EthereumException problem)
        {
            throw new ConfigurationException(
                $"The chain at {EndpointAddresses.Show(section)} does not say what the accountant is: {problem.Message}", problem);
        }
    }

    internal static Address ReadAddress(string text, string name) =>
        Address.TryParse(text, out var address) ? address : throw new ConfigurationException($"Chain: {name} is no address: {text}");
}
