using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace AccountantCluster.Cluster.Tests;

/// <summary>What a node logs from now on, at warning and above.</summary>
internal sealed class LogLines
{
    private readonly ConcurrentQueue<LogEvent> _lines = new();

    private LogLines()
    {
    }

    /// <summary>The lines of errors.</summary>
    public IReadOnlyList<string> Errors => [.. _lines.OfType<Error>().Select(line => line.ToString())];

    /// <summary>The lines of fenced channels.</summary>
    public IReadOnlyList<string> Fenced =>
    [
        .. _lines.OfType<Warning>().Select(line => $"{line.Message}")
            .Where(line => line.EndsWith("This one stops.", StringComparison.Ordinal)),
    ];

    public static async Task<LogLines> OfAsync(ActorSystem system)
    {
        var lines = new LogLines();
        var listener = system.ActorOf(Props.Create(() => new Listener(lines._lines)));
        // Once it answers, it has subscribed.
        await listener.Ask<ActorIdentity>(new Identify(1));
        return lines;
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(ConcurrentQueue<LogEvent> lines) => Receive<LogEvent>(lines.Enqueue);

        protected override void PreStart()
        {
            Context.System.EventStream.Subscribe(Self, typeof(Error));
            Context.System.EventStream.Subscribe(Self, typeof(Warning));
        }
    }
}
