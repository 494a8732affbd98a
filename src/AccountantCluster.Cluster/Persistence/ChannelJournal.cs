using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Config;
using Akka.Persistence.Sql.Journal;

namespace AccountantCluster.Cluster;

/// <summary>The journal of Akka.Persistence.Sql, but for how events are read back (<see cref="EventReader"/>).</summary>
internal sealed class ChannelJournal : SqlWriteJournal
{
    private readonly EventReader _events;

    /// <summary>Called by Akka.NET.</summary>
    /// <param name="settings">Those of the plugin.</param>
    /// <exception cref="ConfigurationException">The actor system was set up without connections.</exception>
    public ChannelJournal(Config settings)
        : base(settings)
    {
        var connections = Context.System.Settings.Setup.Get<MultiDataOptionsSetup>();
        var options = connections.HasValue && connections.Value.TryGetDataOptionsFor(StoreSetup.JournalPlugin, out var found)
            ? found!
            : throw new ConfigurationException("The journal has no connection.");
        _events = new EventReader(options, Context.System.Serialization);
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
}
