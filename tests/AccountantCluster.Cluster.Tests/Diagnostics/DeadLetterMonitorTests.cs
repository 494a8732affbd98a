using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Xunit2;

namespace AccountantCluster.Cluster.Tests;

public sealed class DeadLetterMonitorTests : TestKit
{
    [Fact]
    public async Task Messages_between_channels_that_reach_nobody_are_counted_and_others_are_not()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        var thread = Environment.CurrentManagedThreadId;
        listener.InstrumentPublished = (instrument, observer) =>
        {
            // Other tests have meters of the same name, published on threads of their own.
            if (instrument.Name == "accountant.cluster.dead_letters" && Environment.CurrentManagedThreadId == thread)
                observer.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => Interlocked.Add(ref counted, measurement));
        listener.Start();
        using var metrics = new ClusterMetrics();
        var monitor = Sys.ActorOf(Props.Create(() => new DeadLetterMonitor(metrics)));
        // Once it answers, it has subscribed.
        await monitor.Ask<ActorIdentity>(new Identify(1));
        var before = Interlocked.Read(ref counted);

        Sys.EventStream.Publish(new DeadLetter("not ours", TestActor, TestActor));
        Sys.EventStream.Publish(new DeadLetter(new GetCollectable(default), TestActor, TestActor));
        Sys.EventStream.Publish(new UnhandledMessage(Observed.Instance, TestActor, TestActor));
        await monitor.Ask<ActorIdentity>(new Identify(2));

        Assert.Equal(before + 2, Interlocked.Read(ref counted));
    }
}
