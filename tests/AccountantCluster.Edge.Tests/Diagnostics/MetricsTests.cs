using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using AccountantCluster.Edge.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AccountantCluster.Edge.Tests.Diagnostics;

public class MetricsTests
{
    [Fact]
    public async Task Promises_batches_and_refused_calls_are_counted_by_reason_and_streams_as_they_stand()
    {
        await using var edge = await EdgeUnderTest.StartAsync();
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = Listen(edge.Services.GetRequiredService<IMeterFactory>(), counted);

        using var stream = await edge.OpenAsync(TestKeys.Provider);
        await stream.ExchangeAsync(1, Promises.Sign(TestKeys.Alice), Promises.Sign(TestKeys.Bob), new Wire.ConsumerPromise());
        await Assert.ThrowsAsync<RpcException>(async () => await edge.Client.ExchangeAsync(new(), cancellationToken: edge.Patience));
        await Assert.ThrowsAsync<RpcException>(async () => await RawCalls.Exchange(edge, [0xff]));
        await edge.EventuallyAsync(() => counted.ContainsKey("accountant.edge.refused_calls MALFORMED"));
        listener.RecordObservableInstruments();

        Assert.Equal(
            new SortedDictionary<string, long>
            {
                ["accountant.edge.promises ACCEPTED"] = 2,
                ["accountant.edge.promises MALFORMED"] = 1,
                ["accountant.edge.batches ACCEPTED"] = 1,
                ["accountant.edge.refused_calls UNAUTHENTICATED"] = 1,
                ["accountant.edge.refused_calls MALFORMED"] = 1,
                ["accountant.edge.streams "] = 1,
                ["accountant.edge.items_in_flight "] = 0,
                ["accountant.edge.verification_queue "] = 0,
            },
            new SortedDictionary<string, long>(counted));
    }

    private static MeterListener Listen(IMeterFactory factory, ConcurrentDictionary<string, long> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "AccountantCluster.Edge" && instrument.Meter.Scope == factory)
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Count(instrument, value, tags));
        listener.Start();
        return listener;

        void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var reason = tags.IsEmpty ? "" : tags[0].Value;
            counted.AddOrUpdate($"{instrument.Name} {reason}", value, (_, before) => before + value);
        }
    }
}
