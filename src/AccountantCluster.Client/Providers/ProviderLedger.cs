namespace AccountantCluster.Client.Providers;

/// <summary>
/// The books and their store: an event counts once it is durable, never before. Whoever reads and then commits holds <see cref="Gate"/>
/// meanwhile.
/// </summary>
internal sealed class ProviderLedger(ProviderStore store, ProviderBooks books) : IDisposable
{
    private ProviderBooks _books = books;

    /// <summary>Goes on with what the store holds.</summary>
    public ProviderLedger(ProviderStore store)
        : this(store, store.Load())
    {
    }

    public Lock Gate { get; } = new();

    public ProviderBooks Books => Volatile.Read(ref _books);

    /// <summary>Makes events durable and counts them. Throws what the store throws, and then nothing changed.</summary>
    public void Commit(IReadOnlyCollection<ProviderEvent> events)
    {
        if (!Gate.IsHeldByCurrentThread) throw new InvalidOperationException("The books change only behind their gate.");
        if (events.Count == 0) return;
        var after = ProviderEvents.Apply(_books, events);
        store.Save(after, events);
        Volatile.Write(ref _books, after);
    }

    public void Dispose() => store.Dispose();
}
