using AccountantCluster.Chain;
using AccountantCluster.Cluster;
using AccountantCluster.Node.Configuration;
using AccountantCluster.Protocol;

namespace AccountantCluster.Node.Composition;

/// <summary>A transaction maker's terms, from its configuration and from the chain.</summary>
internal static class MakerOnChain
{
    private const ulong WeiPerGwei = 1_000_000_000;

    /// <summary>Reads them, once, before anything starts.</summary>
    /// <exception cref="ConfigurationException">The chain does not answer, there is no registry, or a setting makes no sense.</exception>
    public static async Task<MakerOptions> ReadAsync(
        IEthereumClient client, NodeConfiguration configuration, ITransactionSigner signer, CancellationToken cancellation)
    {
        var (chain, maker) = (configuration.Chain, configuration.Maker!);
        if (maker is { WeiPerToken: null, PriceFile: null })
            throw new ConfigurationException("maker: name weiPerToken or priceFile, fees are asked in tokens.");
        var registry = AccountantOnChain.ReadAddress(chain.Registry, "registry");
        try
        {
            return new MakerOptions
            {
                Registry = registry,
                Token = await new RegistryContract(client, registry).GetTokenAsync(BlockReference.Latest, cancellation),
                Receiver = maker.Receiver is { } receiver ? AccountantOnChain.ReadAddress(receiver, "maker.receiver") : signer.Address,
                Lane = new LaneKey(
                    await client.GetChainIdAsync(cancellation), signer, Lane(chain, maker), TimeSpan.FromSeconds(chain.ObserveSeconds)),
                Tariff = Tariff(maker),
                Limits = new JobLimits { Patience = TimeSpan.FromMinutes(maker.PatienceMinutes) },
            };
        }
        catch (AbiException problem)
        {
            throw new ConfigurationException($"No registry of this kind at {registry}.", problem);
        }
        catch (EthereumException problem)
        {
            throw new ConfigurationException(
                $"The chain at {EndpointAddresses.Show(chain)} does not say what the registry is: {problem.Message}", problem);
        }
    }

    private static LaneOptions Lane(NodeConfiguration.ChainSection chain, NodeConfiguration.MakerSection maker) => new()
    {
        Confirmations = chain.Confirmations,
        Gas = new GasPolicy { MaxFeePerGasWei = (UInt128)maker.MaximumGasGwei * WeiPerGwei },
        // Jobs are asked for by their clients long after.
        RememberedOutcomes = 4 * new JobLimits().Open,
    };

    private static JobTariff Tariff(NodeConfiguration.MakerSection maker) => new()
    {
        MarginPercent = maker.MarginPercent,
        Minimum = Amount.Max(new Amount(1), ConfiguredAmount.Read(maker.MinimumFee, "maker.minimumFee")),
        Validity = TimeSpan.FromSeconds(maker.QuoteSeconds),
    };
}
