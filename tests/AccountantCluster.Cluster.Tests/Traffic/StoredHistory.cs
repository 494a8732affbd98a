using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Everything that was ever stored of a channel, replayed by the rules: the invariants of protocol §4 are asserted at every step of it.
/// </summary>
internal static class StoredHistory
{
    public static ConsumerChannelState Of(StoreFiles files, TestConsumer consumer)
    {
        var state = ConsumerChannelState.Empty;
        foreach (var @event in Events(files, StoreFiles.PersistenceIdOf(consumer)))
        {
            var before = state;
            state = ConsumerChannel.Apply(state, (ConsumerChannelEvent)@event);
            Assert.Empty(ConsumerChannelInvariants.CheckStep(before, state));
            // Unacknowledged credits are not part of the history.
            Assert.Empty(ConsumerChannelInvariants.Check(state));
        }
        return state;
    }

    public static ProviderChannelState Of(StoreFiles files, TestProvider provider)
    {
        var state = ProviderChannelState.Empty;
        foreach (var @event in Events(files, StoreFiles.PersistenceIdOf(provider)))
        {
            var before = state;
            state = ProviderChannel.Apply(state, (ProviderChannelEvent)@event);
            Assert.Empty(ProviderChannelInvariants.CheckStep(before, state));
            Assert.Empty(ProviderChannelInvariants.Check(state));
        }
        return state;
    }

    /// <summary>Whether what an answer said was stored when it was said.</summary>
    public static bool Holds(StoreFiles files, TestProvider provider, TestConsumer consumer, Amount total) =>
        files.EventsOf(consumer, "archive").OfType<ConsumerChannelEvent.PromiseAccepted>().Any(accepted =>
            accepted.Promise.Promise.Agreement.Provider == provider.Identity && accepted.Promise.Promise.Agreement.Total >= total)
        && files.EventsOf(provider, "archive").OfType<ProviderChannelEvent.CreditsRecorded>()
            .SelectMany(recorded => recorded.Credits).Any(credit => credit.Channel == consumer.Channel && credit.Segment.To >= total);

    private static IEnumerable<object> Events(StoreFiles files, string persistenceId)
    {
        var rows = files.Read("archive", persistenceId);
        // Neither a hole nor a second event with the same number.
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(number => (long)number), rows.Select(row => row.Number));
        return rows.Select(row => row.Event);
    }
}
