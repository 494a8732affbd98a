using AccountantCluster.Cli.Demo;
using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Journal;

/// <summary>
/// A receiving channel, added up from its stored events by the tests' own rules. Fails where a credit counts twice, where a total is
/// authorised that the credits before it do not justify, and where one is lower than the one before.
/// </summary>
internal sealed class StoredProviderChannel
{
    private readonly Dictionary<Address, Amount> _creditedBy = [];
    private readonly HashSet<(Hashlock Hashlock, Amount Promised)> _authorised = [];

    private StoredProviderChannel(Address provider) => Provider = provider;

    /// <summary>Identity of the provider.</summary>
    public Address Provider { get; }

    /// <summary>Credited by each consumer channel, by its address.</summary>
    public IReadOnlyDictionary<Address, Amount> CreditedBy => _creditedBy;

    /// <summary>Σ credits.</summary>
    public Amount Gross { get; private set; }

    /// <summary>Highest total authorised for signing.</summary>
    public Amount Promised { get; private set; }

    /// <summary>The highest total that the provider proved to be promised, after a restore from an old backup.</summary>
    public Amount Proven { get; private set; }

    /// <summary>The highest total authorised before the newest snapshot, which does not say what was authorised one by one.</summary>
    public Amount PromisedAtSnapshot { get; private set; }

    /// <summary>All receiving channels of a journal.</summary>
    public static IReadOnlyList<StoredProviderChannel> All(StoredJournal journal) =>
        [.. journal.Entities.Where(entity => entity.PersistenceId.StartsWith("provider-", StringComparison.Ordinal)).Select(Replay)];

    /// <summary>Whether a signed total that somebody holds was authorised before.</summary>
    public bool Justifies(Hashlock hashlock, Amount amount) => amount <= PromisedAtSnapshot || _authorised.Contains((hashlock, amount));

    private static StoredProviderChannel Replay(StoredEntity entity)
    {
        var channel = new StoredProviderChannel(StoredValues.AddressOf(entity.PersistenceId));
        if (entity.Snapshot is { } snapshot) channel.Begin(snapshot);
        foreach (var stored in entity.Newer()) channel.Apply(stored);
        var total = channel._creditedBy.Values.Aggregate(Amount.Zero, (sum, part) => sum + part);
        Assert.True(channel.Gross == total, $"{entity.PersistenceId}: gross {channel.Gross}, Σ credits {total}.");
        return channel;
    }

    private void Begin(StoredEvent snapshot)
    {
        Assert.Equal("ps1", snapshot.Manifest);
        var state = Stored.ProviderChannelState.Parser.ParseFrom(snapshot.Payload);
        foreach (var credit in state.CreditedBy) _creditedBy[credit.Channel.ToAddress()] = credit.Total.ToAmount();
        Gross = state.Gross.ToAmount();
        Proven = state.Proven.ToAmount();
        Promised = PromisedAtSnapshot = Amount.Max(Proven, state.LastSigned?.Promised.ToAmount() ?? Amount.Zero);
    }

    private void Apply(StoredEvent stored)
    {
        switch (stored.Manifest)
        {
            case "pe-credits-1":
                foreach (var credit in Stored.CreditsRecorded.Parser.ParseFrom(stored.Payload).Credits)
                    Record(stored.SequenceNumber, credit);
                break;
            case "pe-authorised-1":
                Authorise(stored.SequenceNumber, Stored.PromiseAuthorised.Parser.ParseFrom(stored.Payload).Total);
                break;
            case "pe-proven-1":
                Proven = Amount.Max(Proven, Stored.TotalProven.Parser.ParseFrom(stored.Payload).Promised.ToAmount());
                Promised = Amount.Max(Promised, Proven);
                break;
            case "pe-fee-1":
                Assert.Equal(DemoScale.FeeBasisPoints, Stored.FeeChanged.Parser.ParseFrom(stored.Payload).BasisPoints);
                Assert.Equal(Amount.Zero, Gross);
                break;
            default:
                Assert.Contains(stored.Manifest, (string[])["pe-revealed-1", "pe-observed-1"]);
                break;
        }
    }

    private void Record(long number, Stored.CreditsRecorded.Types.Credit credit)
    {
        var channel = credit.Channel.ToAddress();
        var (before, from, to) = (_creditedBy.GetValueOrDefault(channel), credit.Segment.From.ToAmount(), credit.Segment.To.ToAmount());
        Assert.True(from == before && to > from, $"Event {number} of {Provider} counts {from} to {to} of {channel} after {before}.");
        _creditedBy[channel] = to;
        Gross += to - from;
    }

    private void Authorise(long number, Stored.SignedTotal total)
    {
        var (gross, promised) = (total.Gross.ToAmount(), total.Promised.ToAmount());
        Assert.True(gross <= Gross, $"Event {number} of {Provider} authorises a gross total of {gross}, and {Gross} is credited.");
        var owed = Amount.Max(gross - DemoFee.On(gross), Proven);
        Assert.True(promised == owed, $"Event {number} of {Provider} makes {promised} of {gross}.");
        Assert.True(promised >= Promised, $"Event {number} of {Provider} authorises {promised} after {Promised}.");
        Promised = promised;
        _authorised.Add((total.Hashlock.ToHashlock(), promised));
    }
}
