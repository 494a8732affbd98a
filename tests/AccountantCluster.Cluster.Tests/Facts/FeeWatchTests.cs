using System.Diagnostics.Metrics;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Provider;
using Microsoft.Extensions.Logging.Abstractions;

namespace AccountantCluster.Cluster.Tests;

/// <summary>The fee is what confirmed blocks say, less where a newer one says so, and the last known while none speaks.</summary>
public sealed class FeeWatchTests : IDisposable
{
    private const ulong Begin = 1_000_000;
    private const ulong Counts = Begin + ChannelLimits.FeeRaiseGraceSeconds;

    private readonly FeesOnAChain _chain = new();
    private readonly AccountantFee _fee = new(100);
    private readonly ClusterMetrics _metrics = new();
    private readonly FeeWatch _watch;

    public FeeWatchTests()
    {
        var options = new SettlementOptions { Confirmations = 1, ObserveInterval = TimeSpan.FromMilliseconds(10) };
        var addresses = new AccountantAddresses(Accountant.Domain.VerifyingContract, default, default);
        _watch = new FeeWatch(_chain, addresses, options, _fee, TimeProvider.System, _metrics, NullLogger<FeeWatch>.Instance);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task An_announcement_is_known_once_its_block_is_confirmed()
    {
        _chain.Add(FeeTerms.Of(100), Begin - 10);
        _chain.Add(new FeeTerms(100, 250, Begin), Begin - 9);
        await LookAsync();
        Assert.Equal(FeeTerms.Of(100), _fee.Terms);

        _chain.Add(new FeeTerms(100, 250, Begin), Begin - 8);
        await LookAsync();
        Assert.Equal(new FeeTerms(100, 250, Begin), _fee.Terms);
    }

    [Fact]
    public async Task A_raise_that_has_begun_on_chain_waits_for_its_grace()
    {
        _chain.Add(new FeeTerms(100, 250, Begin), Begin - 1);
        foreach (var time in (ulong[])[Begin, Begin + 1, Counts - 1])
        {
            _chain.Add(new FeeTerms(250, 250, Begin), time);
            await LookAsync();
            Assert.Equal(100, _fee.Terms.At(time));
        }
        _chain.Add(new FeeTerms(250, 250, Begin), Counts);
        _chain.Add(new FeeTerms(250, 250, Begin), Counts + 1);
        await LookAsync();
        Assert.Equal(FeeTerms.Of(250) with { EffectiveFrom = Begin }, _fee.Terms);
    }

    [Fact]
    public async Task A_lower_fee_counts_from_its_first_sight_and_not_after_a_reorganisation_without_it()
    {
        _chain.Add(FeeTerms.Of(100), Begin - 2);
        _chain.Add(FeeTerms.Of(100), Begin - 1);
        _chain.Add(new FeeTerms(40, 40, Begin), Begin);
        await LookAsync();
        Assert.Equal(40, _fee.Terms.At(Begin));

        _chain.Remove();
        _chain.Add(FeeTerms.Of(100), Begin);
        await LookAsync();
        Assert.Equal(100, _fee.Terms.At(Begin));
    }

    [Fact]
    public async Task While_the_chain_is_away_the_last_known_holds_and_an_announced_raise_begins()
    {
        _chain.Add(new FeeTerms(100, 250, Begin), Begin - 2);
        _chain.Add(new FeeTerms(100, 250, Begin), Begin - 1);
        await LookAsync();

        using var failures = new Failures();
        _chain.IsReachable = false;
        await LookAsync();
        await LookAsync();
        Assert.Equal(2, failures.Count);
        Assert.Equal(100, _fee.Terms.At(Counts - 1));
        Assert.Equal(250, _fee.Terms.At(Counts));

        _chain.IsReachable = true;
        _chain.Add(FeeTerms.Of(30), Begin);
        await LookAsync();
        Assert.Equal(30, _fee.Terms.At(Begin));
        Assert.Equal(2, failures.Count);
    }

    [Fact]
    public async Task It_looks_by_itself_and_outlives_failures()
    {
        _chain.Add(FeeTerms.Of(100), Begin);
        _chain.Add(FeeTerms.Of(100), Begin + 1);
        _chain.IsReachable = false;
        using var failures = new Failures();
        await _watch.StartAsync(CancellationToken.None);
        while (failures.Count < 2) await Task.Delay(5);
        _chain.Add(FeeTerms.Of(70), Begin + 2);
        _chain.IsReachable = true;
        while (_fee.Terms.BasisPoints != 70) await Task.Delay(5);
        await _watch.StopAsync(CancellationToken.None);
    }

    private Task LookAsync() => _watch.LookAsync(CancellationToken.None);

    private sealed class Failures : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _count;

        public Failures()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "accountant.cluster.fee_reading_failures") listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _count, value));
            _listener.Start();
        }

        public long Count => Interlocked.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
