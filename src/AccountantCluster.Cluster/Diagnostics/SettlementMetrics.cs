using System.Diagnostics.Metrics;
using AccountantCluster.Chain;
using AccountantCluster.Channels.Settlement;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// The instruments of whoever follows the chain and settles, in the meter <c>AccountantCluster.Settlement</c>. Only the node on which that
/// is at work says anything here.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>accountant.settlement.confirmed_block</term><description>gauge: the newest block of which the channels were
/// told</description></item>
/// <item><term>accountant.settlement.lag</term><description>gauge: how old that block is, in seconds; it grows while the chain or an
/// endpoint stands still</description></item>
/// <item><term>accountant.settlement.channels_waiting</term><description>gauge: channels that have news to hear and have not taken them
/// in</description></item>
/// <item><term>accountant.settlement.look_failures</term><description>counter: looks at the chain that failed</description></item>
/// <item><term>accountant.settlement.reorganised_blocks</term><description>counter: confirmed blocks that were reorganised away; any is an
/// alarm</description></item>
/// <item><term>accountant.settlement.rows</term><description>counter: rows of batches that were confirmed, by <c>kind</c> (collect, pay,
/// refill) and <c>outcome</c> (done, failed)</description></item>
/// <item><term>accountant.settlement.gas</term><description>counter: gas of those batches, by <c>kind</c></description></item>
/// <item><term>accountant.settlement.exits</term><description>gauge: consumers that want to leave without consent</description></item>
/// <item><term>accountant.settlement.exits_at_risk</term><description>gauge: those of them from whom something is to be
/// collected</description></item>
/// <item><term>accountant.settlement.exit_time_left</term><description>gauge: seconds until the first of those at risk can take its tokens;
/// below a day is an alarm</description></item>
/// <item><term>accountant.openings.standing</term><description>gauge: consumers that may pay before their registration is
/// mined</description></item>
/// <item><term>accountant.openings.exposure</term><description>gauge: what they have promised, in token base units: nothing of it can be
/// collected before they are registered</description></item>
/// <item><term>accountant.openings.taken_up</term><description>gauge: what of the limit of all is taken up, in token base units: granted,
/// or lost lately; at the limit nothing new is granted</description></item>
/// <item><term>accountant.openings.lost</term><description>gauge: what was promised on openings that failed and is not there, in token base
/// units</description></item>
/// <item><term>accountant.openings.failed</term><description>counter: openings that failed with a loss; any is worth a look at the
/// limits</description></item>
/// <item><term>accountant.settlement.assets</term><description>gauge: what there is to pay with, in token base units: held, collectable,
/// and held by consumers' channels for promises whose R is not known</description></item>
/// <item><term>accountant.settlement.liabilities</term><description>gauge: what is owed to providers, loans included, in token base
/// units; above the assets is an alarm</description></item>
/// </list>
/// </remarks>
internal sealed class SettlementMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AccountantCluster.Settlement";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _lookFailures;
    private readonly Counter<long> _reorganisedBlocks;

    private readonly Counter<long> _rows;
    private readonly Counter<long> _gas;
    private readonly Counter<long> _openingsFailed;

    private Block? _sighted;
    private Exits? _exits;
    private Books? _books;
    private Openings? _openings;
    private int _waiting;

    public SettlementMetrics(TimeProvider time)
    {
        _lookFailures = _meter.CreateCounter<long>("accountant.settlement.look_failures", "{failure}");
        _reorganisedBlocks = _meter.CreateCounter<long>("accountant.settlement.reorganised_blocks", "{block}");
        _rows = _meter.CreateCounter<long>("accountant.settlement.rows", "{row}");
        _gas = _meter.CreateCounter<long>("accountant.settlement.gas", "{gas}");
        _openingsFailed = _meter.CreateCounter<long>("accountant.openings.failed", "{opening}");
        Observe("accountant.openings.standing", "{opening}", () => Volatile.Read(ref _openings)?.Standing);
        Observe("accountant.openings.exposure", "{unit}", () => (double?)Volatile.Read(ref _openings)?.Exposure.Units);
        Observe("accountant.openings.taken_up", "{unit}", () => (double?)Volatile.Read(ref _openings)?.TakenUp.Units);
        Observe("accountant.openings.lost", "{unit}", () => (double?)Volatile.Read(ref _openings)?.Lost.Units);
        Observe("accountant.settlement.exits", "{exit}", () => Volatile.Read(ref _exits)?.Open);
        Observe("accountant.settlement.exits_at_risk", "{exit}", () => Volatile.Read(ref _exits)?.AtRisk);
        Observe("accountant.settlement.exit_time_left", "s", () => Volatile.Read(ref _exits)?.SecondsLeft);
        Observe("accountant.settlement.assets", "{unit}", () => (double?)Volatile.Read(ref _books)?.Assets.Units);
        Observe("accountant.settlement.liabilities", "{unit}", () => (double?)Volatile.Read(ref _books)?.Liabilities.Units);
        Observe("accountant.settlement.confirmed_block", "{block}", () => Volatile.Read(ref _sighted)?.Number);
        Observe("accountant.settlement.lag", "s", () => Volatile.Read(ref _sighted) is { } block
            ? Math.Max(0, time.GetUtcNow().ToUnixTimeSeconds() - (double)block.Timestamp)
            : null);
        Observe("accountant.settlement.channels_waiting", "{channel}", () => _sighted is null ? null : Volatile.Read(ref _waiting));
    }

    /// <summary>Whether an instrument is of these, and not of another settlement in the same process.</summary>
    public bool Owns(Instrument instrument) => instrument.Meter == _meter;

    /// <summary>The channels were told of a block, but for those that wait.</summary>
    public void ChainSighted(Block block, int waiting)
    {
        Volatile.Write(ref _waiting, waiting);
        Volatile.Write(ref _sighted, block);
    }

    /// <summary>A look at the chain failed.</summary>
    public void LookFailed() => _lookFailures.Add(1);

    /// <summary>Blocks that counted are gone.</summary>
    public void ChainReorganised(ulong blocks) => _reorganisedBlocks.Add((long)blocks);

    /// <summary>A batch is confirmed.</summary>
    public void Settled(BatchKind kind, int done, int failed, ulong gas)
    {
        var of = new KeyValuePair<string, object?>("kind", kind switch
        {
            BatchKind.Collect => "collect",
            BatchKind.Pay => "pay",
            _ => "refill",
        });
        _rows.Add(done, of, new KeyValuePair<string, object?>("outcome", "done"));
        if (failed > 0) _rows.Add(failed, of, new KeyValuePair<string, object?>("outcome", "failed"));
        _gas.Add((long)gas, of);
    }

    /// <summary>How many want to leave, from how many of them something is to be collected, and how long there is time.</summary>
    public void ExitsSighted(int open, int atRisk, double? secondsLeft) => Volatile.Write(ref _exits, new Exits(open, atRisk, secondsLeft));

    /// <summary>What is risked on consumers that are not registered yet, and was lost; amounts in token base units.</summary>
    public void OpeningsJudged(int standing, Amount exposure, Amount lost, Amount takenUp) =>
        Volatile.Write(ref _openings, new Openings(standing, exposure, lost, takenUp));

    /// <summary>Something was lost on one.</summary>
    public void OpeningFailed() => _openingsFailed.Add(1);

    /// <summary>What there is and what is owed.</summary>
    public void BooksAdded(Books books) => Volatile.Write(ref _books, books);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    // Nothing is said of what this node does not know.
    private void Observe(string name, string unit, Func<double?> value) => _meter.CreateObservableGauge(
        name, () => value() is { } known ? [new Measurement<double>(known)] : Array.Empty<Measurement<double>>(), unit);

    private sealed record Openings(int Standing, Amount Exposure, Amount Lost, Amount TakenUp);

    private sealed record Exits(int Open, int AtRisk, double? SecondsLeft);
}
