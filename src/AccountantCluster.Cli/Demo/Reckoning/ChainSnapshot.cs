using AccountantCluster.Chain;
using AccountantCluster.Cli.Demo.Departures;
using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>What one block says of everybody. Amounts in token base units.</summary>
/// <param name="Block">The block; every value is of it.</param>
/// <param name="TotalSupply">Tokens that exist.</param>
/// <param name="Balances">Tokens of every party by its name, each address once.</param>
/// <param name="Consumers">Consumer channels, in the order of the consumers.</param>
/// <param name="Providers">Provider channels, in the order of the providers.</param>
/// <param name="Withdrawable">What is neither reserved for providers nor stake: the accountant's own.</param>
internal sealed record ChainSnapshot(
    Block Block,
    Amount TotalSupply,
    IReadOnlyDictionary<string, Amount> Balances,
    IReadOnlyList<ConsumerChannelOnChain> Consumers,
    IReadOnlyList<ProviderChannelOnChain> Providers,
    Amount Withdrawable)
{
    /// <summary>The name of the accountant's contract in <see cref="Balances"/>.</summary>
    public const string Accountant = "accountant";

    /// <summary>The name of the registry in <see cref="Balances"/>.</summary>
    public const string Registry = "registry";

    /// <summary>The name of who deployed the contracts and owns every accountant in <see cref="Balances"/>.</summary>
    public const string Deployer = "deployer and owner";

    /// <summary>The name of the treasury in <see cref="Balances"/>.</summary>
    public const string Treasury = "treasury";

    /// <summary>The name of the transaction maker in <see cref="Balances"/>.</summary>
    public const string TransactionMaker = "transaction maker";

    /// <summary>The name of a provider's beneficiary in <see cref="Balances"/>.</summary>
    public static string BeneficiaryOf(DemoProvider provider) => $"beneficiary of {provider.Party.Name}";

    /// <summary>The name of a party's channel in <see cref="Balances"/>.</summary>
    public static string ChannelOf(DemoParty party) => $"channel of {party.Name}";

    /// <summary>The name of a beneficiary of somebody who leaves in <see cref="Balances"/>.</summary>
    public static string BeneficiaryOf(Departure departure) => $"beneficiary of {departure.Consumer.Party.Name}";

    /// <summary>Reads everything at a block, or at the newest one; it is named by its hash.</summary>
    public static async Task<ChainSnapshot> ReadAsync(
        DemoChain chain, DemoParties parties, CancellationToken cancellation, Block? at = null)
    {
        var block = at ?? await chain.Client.GetBlockAsync(BlockReference.Latest, cancellation)
            ?? throw new DemoFailedException("The chain has no block.");
        var moment = BlockReference.At(block);
        var reader = new ChainReader(chain.Client, chain.Profile.Token, chain.Profile.Accountant);
        var balances = new Dictionary<string, Amount>();
        foreach (var (name, address) in Addresses(chain, parties))
            balances[name] = await chain.Token.GetBalanceAsync(address, moment, cancellation);
        return new ChainSnapshot(
            block,
            await chain.Token.GetTotalSupplyAsync(moment, cancellation),
            balances,
            await reader.ReadConsumerChannelsAsync([.. parties.Consumers.Select(consumer => consumer.Party.Channel)], block, cancellation),
            await reader.ReadProviderChannelsAsync([.. parties.Providers.Select(provider => provider.Party.Identity)], block, cancellation),
            await chain.Accountant.GetWithdrawableAsync(moment, cancellation));
    }

    // Whoever could hold a token: nobody else was ever named in a transaction of the demo.
    private static IEnumerable<(string Name, Address Address)> Addresses(DemoChain chain, DemoParties parties)
    {
        yield return (Accountant, chain.Profile.Accountant);
        yield return (Registry, chain.Profile.Registry);
        yield return (Deployer, chain.Deployer.Address);
        yield return (Treasury, chain.Treasury);
        yield return (TransactionMaker, chain.TransactionMaker.Address);
        yield return ("node", chain.Operator.Address);
        var consumers = parties.Consumers.Select(consumer => consumer.Party);
        foreach (var party in consumers.Concat(parties.Providers.Select(provider => provider.Party)))
        {
            yield return (party.Name, party.Identity);
            yield return (ChannelOf(party), party.Channel);
        }
        foreach (var provider in parties.Providers) yield return (BeneficiaryOf(provider), provider.Beneficiary);
        foreach (var departure in parties.Departures) yield return (BeneficiaryOf(departure), departure.Beneficiary);
    }
}
