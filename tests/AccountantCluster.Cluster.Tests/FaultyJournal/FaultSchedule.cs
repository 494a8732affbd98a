using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using AccountantCluster.Protocol;
using Akka.Actor.Setup;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// Which writes go wrong, and how. Chance follows from the seed, the channel, the event's number and the attempt, so that the order in
/// which threads run changes nothing. Outlives the nodes that it is given to. Safe for concurrent use.
/// </summary>
/// <param name="seed">Of the chance.</param>
/// <param name="faultsPerHundred">How many of a hundred writes go wrong by chance.</param>
internal sealed class FaultSchedule(ulong seed = 0, int faultsPerHundred = 0) : Setup
{
    private static readonly WriteFault[] Faults =
        [WriteFault.Fail, WriteFault.Reject, WriteFault.Delay, WriteFault.StoreThenFail, WriteFault.FailThenStore];

    private readonly ConcurrentDictionary<(string, long), int> _attempts = [];
    private readonly ConcurrentDictionary<string, WriteFault> _always = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = [];
    private readonly ConcurrentDictionary<WriteFault, int> _happened = [];
    private volatile bool _healed;

    /// <summary>How often each kind of fault has happened.</summary>
    public IReadOnlyDictionary<WriteFault, int> Happened => _happened;

    /// <summary>From now on every write of a channel goes wrong in this way.</summary>
    public void Always(string persistenceId, WriteFault fault) => _always[persistenceId] = fault;

    /// <summary>From now on a channel's writes go by chance again.</summary>
    public void Release(string persistenceId)
    {
        _always.TryRemove(persistenceId, out _);
        if (_held.TryRemove(persistenceId, out var held)) held.SetResult();
    }

    /// <summary>From now on a channel's writes wait until they are released.</summary>
    public void Hold(string persistenceId) =>
        _held[persistenceId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>No fault happens any more.</summary>
    public void Heal() => _healed = true;

    /// <summary>Completes when the channel's writes may go on.</summary>
    public Task Admission(string persistenceId) => _held.TryGetValue(persistenceId, out var held) ? held.Task : Task.CompletedTask;

    /// <summary>What becomes of a write.</summary>
    /// <param name="persistenceId">Whose it is.</param>
    /// <param name="sequenceNr">Number of its first event.</param>
    public WriteFault Next(string persistenceId, long sequenceNr)
    {
        if (_healed) return WriteFault.None;
        var attempt = _attempts.AddOrUpdate((persistenceId, sequenceNr), 1, (_, count) => count + 1);
        var fault = _always.TryGetValue(persistenceId, out var always) ? always : ByChance($"{seed} {persistenceId} {sequenceNr} {attempt}");
        if (fault != WriteFault.None) _happened.AddOrUpdate(fault, 1, (_, count) => count + 1);
        return fault;
    }

    private WriteFault ByChance(string what)
    {
        var chance = BinaryPrimitives.ReadUInt64BigEndian(Keccak256.Hash(Encoding.UTF8.GetBytes(what)).ToArray());
        return chance % 100 < (ulong)faultsPerHundred ? Faults[chance / 100 % (ulong)Faults.Length] : WriteFault.None;
    }
}
