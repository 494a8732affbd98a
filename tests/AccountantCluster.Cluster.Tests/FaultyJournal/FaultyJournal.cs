using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The real journal, with the faults of a <see cref="FaultSchedule"/>, which the actor system carries as a setup.</summary>
internal sealed class FaultyJournal : ChannelJournal
{
    /// <summary>Puts it in the journal's place.</summary>
    public const string Hocon =
        "akka.persistence.journal.sql.class = \"AccountantCluster.Cluster.Tests.FaultyJournal, AccountantCluster.Cluster.Tests\"";

    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(400);

    private readonly FaultSchedule _schedule;

    public FaultyJournal(Config config)
        : base(config) => _schedule = Context.System.Settings.Setup.Get<FaultSchedule>().Value;

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        // Of one channel: a channel has one write under way.
        var writes = messages.ToList();
        var (id, number) = (writes[0].PersistenceId, writes[0].LowestSequenceNr);
        var admission = _schedule.Admission(id);
        switch (_schedule.Next(id, number))
        {
            case WriteFault.Fail:
                return Task.FromException<IImmutableList<Exception>>(new IOException("Nothing was stored."));
            case WriteFault.Reject:
                return Task.FromResult<IImmutableList<Exception>>(
                    [.. writes.Select(_ => new InvalidOperationException("The journal rejects this."))]);
            case WriteFault.Delay:
                return StoreAfter(Task.Delay(Lateness, CancellationToken.None), writes);
            case WriteFault.StoreThenFail:
                return FailAfterAsync(base.WriteMessagesAsync(writes, cancellationToken));
            case WriteFault.FailThenStore:
                _ = StoreAfter(Task.Delay(Lateness, CancellationToken.None), writes);
                return Task.FromException<IImmutableList<Exception>>(new TimeoutException("Nothing is stored yet."));
            default:
                return admission.IsCompleted ? base.WriteMessagesAsync(writes, cancellationToken) : StoreAfter(admission, writes);
        }
    }

    /// <inheritdoc/>
    protected override bool ReceivePluginInternal(object message)
    {
        if (message is not LateWrite late) return base.ReceivePluginInternal(message);
        _ = CompleteAsync(base.WriteMessagesAsync(late.Writes, CancellationToken.None), late.Stored);
        return true;
    }

    private static async Task<IImmutableList<Exception>> FailAfterAsync(Task write)
    {
        await write;
        throw new IOException("It was stored, but nobody may know.");
    }

    private static async Task CompleteAsync(
        Task<IImmutableList<Exception>> write, TaskCompletionSource<IImmutableList<Exception>> stored)
    {
        try
        {
            stored.SetResult(await write);
        }
        catch (Exception problem)
        {
            stored.SetException(problem);
        }
    }

    // The journal is an actor: it writes in its own turn.
    private Task<IImmutableList<Exception>> StoreAfter(Task moment, IReadOnlyList<AtomicWrite> writes)
    {
        var stored = new TaskCompletionSource<IImmutableList<Exception>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = moment.PipeTo(Self, success: () => new LateWrite(writes, stored));
        return stored.Task;
    }

    private sealed record LateWrite(IReadOnlyList<AtomicWrite> Writes, TaskCompletionSource<IImmutableList<Exception>> Stored)
        : INoSerializationVerificationNeeded;
}
