using AccountantCluster.Cluster.Exchange;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// However slow the journal, what is let in is answered in time and the rest refused at once. The journal of these tests writes at a fixed
/// rate, in the order of arrival, and its callers always have another batch; no clock but the simulated one.
/// </summary>
public sealed class AdmissionWindowTests
{
    private const int FullBatch = 256;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    // The share of a deadline that offers have.
    private static readonly TimeSpan InTime = Deadline * ClusterLimits.OffersShareOfDeadline;

    [Theory]
    [InlineData(700, 1)]
    [InlineData(700, FullBatch)]
    [InlineData(2_600, 1)]
    [InlineData(2_600, FullBatch)]
    [InlineData(20_000, 1)]
    [InlineData(20_000, FullBatch)]
    public void Whatever_is_let_in_is_answered_in_time(int writesPerSecond, int promises)
    {
        var journal = new Journal(promises);
        var longest = journal.Run(TimeSpan.FromMinutes(2), writesPerSecond);
        Assert.True(longest < InTime, $"A batch took {longest}.");
    }

    [Theory]
    [InlineData(50)]
    [InlineData(200)]
    public void A_journal_slower_than_expected_is_learned_from_the_first_that_come_late(int writesPerSecond)
    {
        var journal = new Journal(FullBatch);
        journal.Run(TimeSpan.FromMinutes(5), writesPerSecond);
        var longest = journal.Run(TimeSpan.FromMinutes(5), writesPerSecond);
        Assert.True(longest < InTime, $"A batch took {longest}.");
    }

    [Fact]
    public void A_fast_journal_is_used_to_the_full()
    {
        var journal = new Journal(FullBatch);
        journal.Run(TimeSpan.FromSeconds(5), 20_000);
        Assert.Equal(ClusterLimits.WritesInFlight, journal.Window.Limit);
    }

    /// <summary>
    /// The queue of better times is lost; what comes after it is let in only as it can be answered, and better times come back.
    /// </summary>
    [Fact]
    public void A_journal_that_becomes_slow_recovers()
    {
        var journal = new Journal(FullBatch);
        journal.Run(TimeSpan.FromSeconds(10), 20_000);
        journal.Run(TimeSpan.FromMinutes(4), 200);
        var longest = journal.Run(TimeSpan.FromMinutes(1), 200);
        Assert.True(longest < InTime, $"A batch took {longest}.");
        journal.Run(TimeSpan.FromSeconds(20), 20_000);
        Assert.Equal(ClusterLimits.WritesInFlight, journal.Window.Limit);
    }

    [Fact]
    public void A_window_that_nobody_fills_does_not_grow()
    {
        var window = new AdmissionWindow();
        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(window.TryBegin(FullBatch));
            window.End(FullBatch, TimeSpan.FromSeconds(i), TimeSpan.FromSeconds(i + 0.1), Deadline);
        }
        Assert.Equal(ClusterLimits.FirstWritesInFlight, window.Limit);
        Assert.Equal(0, window.AtWork);
    }

    /// <summary>One channel that never answers holds up its own batches, not the node's.</summary>
    [Fact]
    public void Many_that_came_late_from_the_same_time_count_once()
    {
        var window = new AdmissionWindow();
        for (var i = 0; i < 6; i++) Assert.True(window.TryBegin(FullBatch));
        for (var i = 0; i < 6; i++) window.End(FullBatch, TimeSpan.Zero, Deadline * 0.6, Deadline);
        Assert.Equal(ClusterLimits.FirstWritesInFlight / 2, window.Limit);
    }

    private sealed class Journal(int promises)
    {
        private readonly int _writes = promises + ClusterLimits.WritesPerBatch;
        private readonly Queue<(TimeSpan Begun, TimeSpan Written)> _batches = [];
        private TimeSpan _now;
        private TimeSpan _busyUntil;

        public AdmissionWindow Window { get; } = new();

        // Runs for so long at that rate, and returns the longest time from a batch's beginning to its end.
        public TimeSpan Run(TimeSpan time, int writesPerSecond)
        {
            var (end, longest) = (_now + time, TimeSpan.Zero);
            while (_now < end)
            {
                while (Window.TryBegin(_writes))
                {
                    _busyUntil = (_busyUntil > _now ? _busyUntil : _now) + TimeSpan.FromSeconds((double)_writes / writesPerSecond);
                    _batches.Enqueue((_now, _busyUntil));
                }
                var (begun, written) = _batches.Dequeue();
                // Given up at the deadline, while the journal still has it to write.
                var ended = written - begun < Deadline ? written : begun + Deadline;
                if (ended > _now) _now = ended;
                Window.End(_writes, begun, _now, Deadline);
                if (_now - begun > longest) longest = _now - begun;
            }
            return longest;
        }
    }
}
