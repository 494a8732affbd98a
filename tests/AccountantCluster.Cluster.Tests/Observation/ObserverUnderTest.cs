using AccountantCluster.Chain;

namespace AccountantCluster.Cluster.Tests;

/// <summary>Looks at the chain when it is told to, as the observer's actor does, and keeps what is stored in memory.</summary>
internal sealed class ObserverUnderTest(LogHistory history, ChainObserver observer)
{
    /// <summary>What the journal would hold.</summary>
    public ObserverState State { get; private set; } = ObserverState.Empty;

    /// <summary>What happened, in order.</summary>
    public List<ObserverEvent> Events { get; } = [];

    /// <summary>Consumers of whom it knows that they want to leave.</summary>
    public IReadOnlyCollection<OpenExit> Exits => observer.Known.Exits;

    /// <summary>Begins where another one ended.</summary>
    public ObserverUnderTest Resume(ObserverState state)
    {
        State = state;
        observer.Known.Recall(state);
        return this;
    }

    /// <summary>One look; more where a long past is to be read. The newest confirmed block, of which the channels were told.</summary>
    public async Task<Block?> ObserveAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            var reading = await history.ReadAsync(State, cancellation);
            if (!await observer.TellRevealsAsync(reading, cancellation)) return null;
            Events.AddRange(reading.Events);
            State = reading.Events.Aggregate(State, (state, @event) => state.Apply(@event));
            observer.Known.Learn(reading);
            if (reading.Confirmed is { } block) await observer.TellAsync(block, cancellation);
            if (reading.Confirmed is not null || reading.Events.IsEmpty) return reading.Confirmed;
        }
    }
}
