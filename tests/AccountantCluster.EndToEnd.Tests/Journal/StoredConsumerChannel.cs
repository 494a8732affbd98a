using AccountantCluster.Protocol;
using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Journal;

/// <summary>A paying channel, added up from its stored events by the tests' own rules. Fails where anything counts twice.</summary>
internal sealed class StoredConsumerChannel
{
    private readonly Dictionary<(Address Provider, AgreementId Id), Amount> _totals = [];

    private StoredConsumerChannel(Address channel) => Channel = channel;

    /// <summary>Address of the channel.</summary>
    public Address Channel { get; }

    /// <summary>The total of every agreement.</summary>
    public IReadOnlyDictionary<(Address Provider, AgreementId Id), Amount> Totals => _totals;

    /// <summary>Σ deltas.</summary>
    public Amount Credited { get; private set; }

    /// <summary>Highest amount accepted.</summary>
    public Amount Promised { get; private set; }

    /// <summary>Deposited, as the channel knows it.</summary>
    public Amount Deposited { get; private set; }

    /// <summary>All paying channels of a journal.</summary>
    public static IReadOnlyList<StoredConsumerChannel> All(StoredJournal journal) =>
        [.. journal.Entities.Where(entity => entity.PersistenceId.StartsWith("consumer-", StringComparison.Ordinal)).Select(Replay)];

    /// <summary>Credited to one provider.</summary>
    public Amount CreditedTo(Address provider) =>
        Totals.Where(row => row.Key.Provider == provider).Aggregate(Amount.Zero, (sum, row) => sum + row.Value);

    private static StoredConsumerChannel Replay(StoredEntity entity)
    {
        var channel = new StoredConsumerChannel(StoredValues.AddressOf(entity.PersistenceId));
        if (entity.Snapshot is { } snapshot) channel.Begin(snapshot);
        foreach (var stored in entity.Newer()) channel.Apply(stored);
        var total = channel._totals.Values.Aggregate(Amount.Zero, (sum, part) => sum + part);
        Assert.True(channel.Credited == total, $"{entity.PersistenceId}: Σ deltas {channel.Credited}, Σ agreements {total}.");
        return channel;
    }

    private void Begin(StoredEvent snapshot)
    {
        Assert.Equal("cs1", snapshot.Manifest);
        var state = Stored.ConsumerChannelState.Parser.ParseFrom(snapshot.Payload);
        foreach (var provider in state.Providers)
        {
            // Folded agreements would not be listed one by one.
            Assert.False(provider.HasFloor);
            foreach (var agreement in provider.Agreements)
                _totals[(provider.Provider.ToAddress(), agreement.Id.ToAgreementId())] = agreement.Total.ToAmount();
        }
        Credited = state.Credited.ToAmount();
        Promised = state.Latest?.Amount.ToAmount() ?? Amount.Zero;
        Deposited = state.Facts.Deposited.ToAmount();
    }

    private void Apply(StoredEvent stored)
    {
        switch (stored.Manifest)
        {
            case "ce-accepted-1":
                Accept(stored.SequenceNumber, Stored.PromiseAccepted.Parser.ParseFrom(stored.Payload));
                break;
            case "ce-observed-1":
                Deposited = Stored.ConsumerChainObserved.Parser.ParseFrom(stored.Payload).Facts.Deposited.ToAmount();
                break;
            case "ce-proven-1":
                Promised = Amount.Max(Promised, Stored.PromiseProven.Parser.ParseFrom(stored.Payload).Promise.Amount.ToAmount());
                break;
            default:
                Assert.Equal("ce-revealed-1", stored.Manifest);
                break;
        }
    }

    private void Accept(long number, Stored.PromiseAccepted accepted)
    {
        var promise = accepted.Promise;
        Assert.Equal(Channel, promise.Channel.ToAddress());
        var agreement = (promise.Provider.ToAddress(), promise.AgreementId.ToAgreementId());
        var (before, delta, total) = (_totals.GetValueOrDefault(agreement), accepted.Delta.ToAmount(), promise.AgreementTotal.ToAmount());
        Assert.False(delta.IsZero);
        Assert.True(before + delta == total, $"Event {number} of {Channel} adds {delta} to {before} and calls it {total}.");
        _totals[agreement] = total;
        Credited += delta;
        Promised = Amount.Max(Promised, promise.Amount.ToAmount());
    }
}
