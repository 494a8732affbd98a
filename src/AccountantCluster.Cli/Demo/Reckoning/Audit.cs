using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Reckoning;

/// <summary>Accounts for every token: the chain at one block against the clients' own books. The node is not asked.</summary>
internal sealed class Audit(DemoParties parties, ClientRecords records, ChainSnapshot chain)
{
    private static readonly Amount RegistrationCosts = Enrolment.Costs;

    /// <summary>Settled out of all consumer channels.</summary>
    public Amount ConsumersSettled { get; } = ClientRecords.Sum(chain.Consumers.Select(channel => channel.Settled));

    /// <summary>Paid to all providers, their transaction maker's fees included.</summary>
    public Amount ProvidersPaid { get; } = ClientRecords.Sum(chain.Providers.Select(channel => channel.Settled));

    /// <summary>The accountant's own tokens above its fees: what consumers promised and no provider is owed.</summary>
    public Amount FreeTokens => chain.Withdrawable.SaturatingSubtract(records.Fees);

    /// <summary>The books.</summary>
    public ClientRecords Records => records;

    /// <summary>The chain.</summary>
    public ChainSnapshot Chain => chain;

    /// <summary>All that must hold.</summary>
    public IReadOnlyList<AuditCheck> Checks => [.. OfEverybody(), .. OfThisAccountant];

    /// <summary>All that must hold of this accountant and its channels, whoever else has tokens.</summary>
    public IReadOnlyList<AuditCheck> OfThisAccountant => [.. Totals(), .. OfProviders(), .. OfDepartures(), .. OfConsumers()];

    /// <summary>What a person wants to see of it: everything but single consumers where nothing is wrong.</summary>
    public IReadOnlyList<AuditCheck> Headlines =>
        [.. OfEverybody(), .. Totals(), .. OfProviders(), .. OfDepartures(), .. OfConsumers().Where(check => !check.Holds)];

    /// <summary>What consumers took back.</summary>
    public IReadOnlyList<MoneyTakenBack> Departures =>
    [
        .. parties.Departures.Select(departure => new MoneyTakenBack(
            departure.Consumer.Party.Name,
            departure.WithConsent,
            departure.Consumer.Deposit,
            departure.Consumer.Account.Promised,
            chain.Balances[ChainSnapshot.BeneficiaryOf(departure)])),
    ];

    /// <summary>Whether every token is accounted for.</summary>
    public bool IsConserved => Checks.All(check => check.Holds);

    private IEnumerable<AuditCheck> OfEverybody()
    {
        var registrations = (uint)(parties.Consumers.Count + parties.Providers.Count);
        yield return new AuditCheck("minted = total supply", DemoScale.Minted, chain.TotalSupply);
        yield return new AuditCheck("minted = Σ balances of every party", DemoScale.Minted, ClientRecords.Sum(chain.Balances.Values));
        yield return new AuditCheck(
            "the treasury has every registration fee",
            Times(DemoScale.RegistrationFee, registrations),
            chain.Balances[ChainSnapshot.Treasury]);
        yield return new AuditCheck(
            "the transaction maker has its fees for registrations and settlements",
            Times(DemoScale.TransactionMakerFee, registrations) + ClientRecords.Sum(chain.Providers.Select(channel => channel.FeesPaid)),
            chain.Balances[ChainSnapshot.TransactionMaker]);
    }

    private IEnumerable<AuditCheck> Totals()
    {
        yield return new AuditCheck(
            "consumers settled = paid + fees + free tokens", ConsumersSettled, ProvidersPaid + records.Fees + FreeTokens);
        yield return new AuditCheck(
            "nothing is free but what no provider is owed",
            records.ConsumersPromised.SaturatingSubtract(ClientRecords.Sum(records.Providers.Select(provider => provider.Gross))),
            FreeTokens);
        yield return new AuditCheck("fees are 1 % of what providers accepted, rounded down per provider", FeesByTerms(), records.Fees);
        yield return new AuditCheck(
            "the accountant holds stake, loans, fees and free tokens",
            DemoScale.Stake + ClientRecords.Sum(chain.Providers.Select(channel => channel.Loan)) + records.Fees + FreeTokens,
            chain.Balances[ChainSnapshot.Accountant]);
    }

    private IEnumerable<AuditCheck> OfProviders()
    {
        foreach (var (provider, index) in parties.Providers.Select((provider, index) => (provider, index)))
        {
            var (channel, books) = (chain.Providers[index], records.Providers[index]);
            yield return new AuditCheck($"{provider.Party.Name}: paid on chain = promised", books.Promised, channel.Settled);
            yield return new AuditCheck($"{provider.Party.Name}: promised = owed by its own books", books.Owed, books.Promised);
            yield return new AuditCheck(
                $"{provider.Party.Name}: received = paid - transaction maker's fees + returned of its loan",
                channel.Settled - channel.FeesPaid + channel.Returned,
                chain.Balances[ChainSnapshot.BeneficiaryOf(provider)]);
            yield return new AuditCheck($"{provider.Party.Name}: its balance is refilled to its loan", channel.Loan, channel.Balance);
            yield return new AuditCheck(
                $"{provider.Party.Name}: its loan and what was returned of it are what it lent",
                DemoScale.Loan,
                channel.Loan + channel.Returned);
        }
    }

    private IEnumerable<AuditCheck> OfDepartures() => parties.Departures.Select(departure => new AuditCheck(
        $"{departure.Consumer.Party.Name}: "
            + (departure.WithConsent ? "what left by consent = received" : "received after the notice = all that it had not promised"),
        departure.Expected,
        chain.Balances[ChainSnapshot.BeneficiaryOf(departure)]));

    private IEnumerable<AuditCheck> OfConsumers()
    {
        foreach (var (consumer, index) in parties.Consumers.Select((consumer, index) => (consumer, index)))
        {
            var (channel, promised) = (chain.Consumers[index], records.Consumers[index]);
            yield return new AuditCheck($"{consumer.Party.Name}: paid on chain = promised", promised, channel.Settled);
            yield return new AuditCheck(
                $"{consumer.Party.Name}: topped up = left + paid + registration + taken back",
                consumer.Party.ToppedUp,
                channel.Balance + channel.Settled + RegistrationCosts + TakenBackBy(consumer));
        }
    }

    private Amount TakenBackBy(DemoConsumer consumer) => ClientRecords.Sum(parties.Departures
        .Where(departure => departure.Consumer == consumer)
        .Select(departure => chain.Balances[ChainSnapshot.BeneficiaryOf(departure)]));

    // By the terms on chain, from what each provider accepted: the clients' fee and the node's must both come to this.
    private Amount FeesByTerms() => ClientRecords.Sum(
        records.Providers.Select(provider => new Amount(provider.Gross.Units * DemoScale.FeeBasisPoints / 10_000)));

    private static Amount Times(Amount amount, uint count) => new(amount.Units * count);
}
