using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;

namespace AccountantCluster.Cluster;

/// <summary>
/// The plugin's journal, with a fence around a channel that lives twice. Of two writers of one number the table takes the first; the other
/// is told so (<see cref="FencedException"/>), as a rejection, which stops that channel alone. The plugin would fail every channel whose
/// rows share the transaction; here those are written again. And because the
/// table forgets events that a snapshot covers, so that their numbers are free again, no write to a database that other nodes use counts
/// before the journal was seen to end with it. SQLite's files are one process' alone (<see cref="StoreLock"/>), and in it a channel is one
/// actor: nobody else can have come further. Events are read back by an <see cref="EventReader"/>.
/// </summary>
internal class ChannelJournal : SqlWriteJournal
{
    private readonly WriteFence _fence;
    private readonly bool _isShared;
    private readonly EventReader _events;

    public ChannelJournal(Config config)
        : base(config)
    {
        var journal = StoreSetup.JournalOf(Context.System);
        _isShared = StoreSetup.IsShared(journal);
        if (!_isShared && !Context.System.Settings.Setup.Get<StoreLock>().HasValue)
            throw new InvalidOperationException("The journal's files are not this process' alone.");
        (_fence, _events) = (new WriteFence(journal), new EventReader(journal, Context.System.Serialization));
    }

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        IActorContext context,
        string persistenceId,
        long fromSequenceNr,
        long toSequenceNr,
        long max,
        Action<IPersistentRepresentation> recoveryCallback) =>
        _events.ReadAsync(persistenceId, fromSequenceNr, toSequenceNr, max, recoveryCallback);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        base.PostStop();
        _fence.Close();
    }

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages as IReadOnlyList<AtomicWrite> ?? [.. messages];
        return WriteAsync(writes, base.WriteMessagesAsync(writes, cancellationToken), Self);
    }

    /// <inheritdoc/>
    protected override bool ReceivePluginInternal(object message)
    {
        if (message is not WriteAgain again) return base.ReceivePluginInternal(message);
        _ = CompleteAsync(base.WriteMessagesAsync(again.Writes, CancellationToken.None), again.Written);
        return true;
    }

    private static async Task CompleteAsync(
        Task<IImmutableList<Exception>> write, TaskCompletionSource<IImmutableList<Exception>> written)
    {
        try
        {
            written.SetResult(await write);
        }
        catch (Exception problem)
        {
            written.SetException(problem);
        }
    }

    // All writes are of one channel, which has no other under way.
    private async Task<IImmutableList<Exception>> WriteAsync(
        IReadOnlyList<AtomicWrite> writes, Task<IImmutableList<Exception>> write, IActorRef self)
    {
        var (id, first, last) = (writes[0].PersistenceId, writes[0].LowestSequenceNr, writes[^1].HighestSequenceNr);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var rejections = await write;
                return _isShared && await _fence.IsReachedAsync(id, last + 1) ? Fenced(writes, id, last + 1) : rejections;
            }
            catch (Exception problem) when (UniqueViolation.Is(problem) && attempt < ClusterLimits.WriteAttempts)
            {
                // Whose number was taken, the database does not say.
                if (await _fence.IsReachedAsync(id, first)) return Fenced(writes, id, first);
            }

            // The journal is an actor: it writes in its own turn.
            var again = new WriteAgain(
                writes, new TaskCompletionSource<IImmutableList<Exception>>(TaskCreationOptions.RunContinuationsAsynchronously));
            self.Tell(again, ActorRefs.NoSender);
            write = again.Written.Task;
        }
    }

    private static ImmutableList<Exception> Fenced(IReadOnlyList<AtomicWrite> writes, string id, long number) =>
        [.. writes.Select(_ => new FencedException(id, number))];

    private sealed record WriteAgain(IReadOnlyList<AtomicWrite> Writes, TaskCompletionSource<IImmutableList<Exception>> Written)
        : INoSerializationVerificationNeeded;
}
