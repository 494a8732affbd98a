using AccountantCluster.TestKit;

namespace AccountantCluster.EndToEnd.Tests.Journal;

/// <summary>One channel as it stands in the files.</summary>
/// <param name="PersistenceId">Kind and address.</param>
/// <param name="Snapshot">The newest snapshot; null where there is none.</param>
/// <param name="Events">Everything that is kept, oldest first.</param>
internal sealed record StoredEntity(string PersistenceId, StoredEvent? Snapshot, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>What follows the snapshot. Fails where an event is missing.</summary>
    public IEnumerable<StoredEvent> Newer()
    {
        var at = Snapshot?.SequenceNumber ?? 0;
        foreach (var stored in Events.Where(stored => stored.SequenceNumber > at))
        {
            Assert.True(stored.SequenceNumber == ++at, $"{PersistenceId}: event {at} is missing.");
            yield return stored;
        }
    }
}
