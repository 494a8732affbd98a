using AccountantCluster.Cli.Demo.Network;
using AccountantCluster.Cli.Demo.Reckoning;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cli.Demo.Vanishing;

/// <summary>
/// Accounts for every token with both accountants: the chain at one block against the clients' own books. No node is asked.
/// </summary>
internal sealed class VanishingAudit
{
    private readonly AccountantSide _stays;
    private readonly AccountantSide _vanished;
    private readonly ChainSnapshot _chain;
    private readonly ChainSnapshot _other;
    private readonly Audit _audit;
    private readonly IReadOnlyList<SettleablePromise> _settled;

    private VanishingAudit(
        AccountantSide stays, AccountantSide vanished, ChainSnapshot chain, ChainSnapshot other, IReadOnlyList<SettleablePromise> settled)
    {
        (_stays, _vanished, _chain, _other, _settled) = (stays, vanished, chain, other, settled);
        _audit = new Audit(stays.Parties, ClientRecords.Read(stays.Parties), chain);
        Balances = Union();
    }

    /// <summary>What the providers earned from the one that stayed after the other had vanished, fees not taken off.</summary>
    public Amount EarnedAfterwards { get; private init; }

    /// <summary>How each provider stands with both.</summary>
    public IReadOnlyList<ProviderOfBoth> Providers { get; private init; } = [];

    /// <summary>Tokens of every party by its name, each address once.</summary>
    public IReadOnlyDictionary<string, Amount> Balances { get; }

    /// <summary>The block that everything was read at.</summary>
    public ulong Block => _chain.Block.Number;

    /// <summary>All that must hold.</summary>
    public IReadOnlyList<AuditCheck> Checks =>
        [.. OfEverybody(), .. _audit.OfThisAccountant, .. OfProviders(), .. OfDepartures(), .. OfConsumers()];

    /// <summary>What a person wants to see of it.</summary>
    public IReadOnlyList<AuditCheck> Headlines =>
    [
        .. OfEverybody(),
        .. OfProviders(),
        .. OfDepartures(),
        .. _audit.OfThisAccountant.Concat(OfConsumers()).Where(check => !check.Holds),
    ];

    /// <summary>Reads both sides at one block.</summary>
    public static async Task<VanishingAudit> ReadAsync(
        AccountantSide stays,
        AccountantSide vanished,
        IReadOnlyList<ProviderWallet> wallets,
        IReadOnlyList<SettleablePromise> settled,
        Amount earnedBefore,
        CancellationToken cancellation)
    {
        var chain = await ChainSnapshot.ReadAsync(stays.Chain, stays.Parties, cancellation);
        var other = await ChainSnapshot.ReadAsync(vanished.Chain, vanished.Parties, cancellation, chain.Block);
        var (books, otherBooks) = (ClientRecords.Read(stays.Parties).Providers, ClientRecords.Read(vanished.Parties).Providers);
        return new VanishingAudit(stays, vanished, chain, other, settled)
        {
            EarnedAfterwards = ClientRecords.Sum(books.Select(status => status.Gross)) - earnedBefore,
            Providers =
            [
                .. stays.Parties.Providers.Select((provider, index) => new ProviderOfBoth(
                    provider.Party.Name,
                    books[index].Promised,
                    chain.Providers[index].Settled,
                    otherBooks[index].Promised,
                    other.Providers[index].Settled,
                    wallets[index].Earnings.Values.Single().Promised)),
            ],
        };
    }

    private IEnumerable<AuditCheck> OfEverybody()
    {
        var registrations = (uint)(_chain.Consumers.Count + _chain.Providers.Count + _other.Consumers.Count + _other.Providers.Count);
        var feesPaid = ClientRecords.Sum(_chain.Providers.Concat(_other.Providers).Select(channel => channel.FeesPaid));
        yield return new AuditCheck("minted = total supply", DemoScale.Minted, _chain.TotalSupply);
        yield return new AuditCheck("minted = Σ balances of every party", DemoScale.Minted, ClientRecords.Sum(Balances.Values));
        yield return new AuditCheck(
            "the treasury has every registration fee of both",
            Times(DemoScale.RegistrationFee, registrations),
            _chain.Balances[ChainSnapshot.Treasury]);
        yield return new AuditCheck(
            "the transaction maker has its fees for registrations and settlements",
            Times(DemoScale.TransactionMakerFee, registrations) + feesPaid,
            _chain.Balances[ChainSnapshot.TransactionMaker]);
        yield return new AuditCheck(
            "the vanished accountant holds stake, loans and what it collected, less what it paid",
            DemoScale.Stake + Times(DemoScale.Loan, DemoScale.Providers) + ClientRecords.Sum(_other.Consumers.Select(one => one.Settled)),
            _other.Balances[ChainSnapshot.Accountant] + ClientRecords.Sum(_other.Providers.Select(one => one.Settled)));
    }

    private IEnumerable<AuditCheck> OfProviders()
    {
        foreach (var (provider, index) in Providers.Select((provider, index) => (provider, index)))
        {
            var (channel, party) = (_other.Providers[index], _vanished.Parties.Providers[index]);
            yield return new AuditCheck(
                $"{provider.Name}: settled with the vanished accountant = the promise that it cashed",
                _settled[index].Amount,
                channel.Settled);
            yield return new AuditCheck(
                $"{provider.Name}: received of it = paid - transaction maker's fees",
                channel.Settled - channel.FeesPaid,
                _other.Balances[ChainSnapshot.BeneficiaryOf(party)]);
            yield return new AuditCheck(
                $"{provider.Name}: its balance there is refilled to its loan, by what consumers had promised",
                DemoScale.Loan,
                channel.Balance);
            yield return new AuditCheck(
                $"{provider.Name}: its wallet's sum = what both promised",
                provider.Promised + provider.PromisedByVanished,
                provider.Earned);
        }
    }

    // What nobody collected is theirs, accountant or not.
    private IEnumerable<AuditCheck> OfDepartures() => _vanished.Parties.Departures.Select(departure => new AuditCheck(
        $"{departure.Consumer.Party.Name}: took back, after the notice = all that was not collected of it",
        departure.Consumer.Deposit - _other.Consumers.Single(one => one.Channel == departure.Consumer.Party.Channel).Settled,
        _other.Balances[ChainSnapshot.BeneficiaryOf(departure)]));

    private IEnumerable<AuditCheck> OfConsumers() => _vanished.Parties.Consumers.Select((consumer, index) => new AuditCheck(
        $"{consumer.Party.Name}: topped up = left + paid + registration + taken back",
        consumer.Party.ToppedUp,
        _other.Consumers[index].Balance + _other.Consumers[index].Settled + Enrolment.Costs + TakenBackBy(consumer)));

    private Amount TakenBackBy(DemoConsumer consumer) => ClientRecords.Sum(_vanished.Parties.Departures
        .Where(departure => departure.Consumer == consumer)
        .Select(departure => _other.Balances[ChainSnapshot.BeneficiaryOf(departure)]));

    // Token, registry and those who serve both have one address, and so has each provider's identity.
    private Dictionary<string, Amount> Union()
    {
        string[] shared =
        [
            ChainSnapshot.Registry, ChainSnapshot.Deployer, ChainSnapshot.Treasury, ChainSnapshot.TransactionMaker,
            .. _stays.Parties.Providers.Select(provider => provider.Party.Name),
        ];
        var union = new Dictionary<string, Amount>(_chain.Balances);
        foreach (var (name, balance) in _other.Balances.Where(pair => !shared.Contains(pair.Key)))
            union.Add($"{name} (vanished)", balance);
        return union;
    }

    private static Amount Times(Amount amount, uint count) => new(amount.Units * count);
}
