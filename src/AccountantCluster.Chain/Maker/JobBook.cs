using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Chain;

/// <summary>A transaction maker's jobs: a function of its events.</summary>
public sealed record JobBook
{
    /// <summary>No job yet.</summary>
    public static JobBook Empty { get; } = new();

    /// <summary>Jobs under way, in the order in which they were taken.</summary>
    public ImmutableArray<MakerJob> Open { get; init; } = [];

    /// <summary>Jobs that are over, the newest ones.</summary>
    public ImmutableDictionary<Bytes32, FinishedJob> Finished { get; init; } = ImmutableDictionary<Bytes32, FinishedJob>.Empty;

    /// <summary>The jobs of <see cref="Finished"/>, the oldest first.</summary>
    public ImmutableQueue<Bytes32> FinishedInOrder { get; init; } = ImmutableQueue<Bytes32>.Empty;

    /// <summary>A job that is under way; null where it is not.</summary>
    public MakerJob? Find(Bytes32 id) => Open.FirstOrDefault(job => job.Id == id);

    /// <summary>What jobs of an identity that cost gas and brought nothing are remembered since then.</summary>
    /// <param name="identity">Whose.</param>
    /// <param name="since">Unix time in seconds.</param>
    public int CountLosses(Address identity, ulong since) =>
        Finished.Values.Count(job => job.Identity == identity && job.IsLoss && job.Outcome.At >= since);

    /// <summary>The book after an event.</summary>
    /// <param name="event">What happened.</param>
    /// <param name="remembered">Jobs that are over and remembered.</param>
    public JobBook Apply(JobEvent @event, int remembered) => @event switch
    {
        JobEvent.Accepted accepted => this with { Open = Open.Add(accepted.Job) },
        JobEvent.Finished finished => Remember(finished, remembered),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "No such event."),
    };

    private JobBook Remember(JobEvent.Finished finished, int remembered)
    {
        var job = Find(finished.Id) ?? throw new InvalidOperationException($"No job {finished.Id} is under way.");
        var over = new FinishedJob(job.Id, job.Kind, job.Identity, job.Accountant, job.Digest(), finished.Outcome);
        var (all, order) = (Finished.SetItem(job.Id, over), FinishedInOrder.Enqueue(job.Id));
        while (all.Count > remembered)
        {
            order = order.Dequeue(out var oldest);
            all = all.Remove(oldest);
        }
        return this with { Open = Open.RemoveAll(open => open.Id == job.Id), Finished = all, FinishedInOrder = order };
    }
}
