namespace AccountantCluster.Reliability.Faults;

/// <summary>What goes wrong in one run, and when: a function of the seed alone.</summary>
internal sealed class Schedule
{
    private const int Quiet = 1_500;
    private const int LatestBegin = 22_000;
    private const int LongestGap = 7_000;
    private const int LongestShort = 9_000;
    private const int LongBegin = 27_000;
    private const int LongSpread = 6_000;
    private const int LongestAway = 3_000;
    private const int OneLongOf = 2;

    private static readonly FaultKind[] Kinds = Enum.GetValues<FaultKind>();

    private Schedule(ulong seed, IReadOnlyList<Fault> faults) => (Seed, Faults) = (seed, faults);

    /// <summary>What it follows from.</summary>
    public ulong Seed { get; }

    /// <summary>In the order of their beginnings; they may overlap.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>
    /// The schedule of a seed. The first fault's kind goes round with the seed, so that as many seeds in a row as there are kinds have them
    /// all; it may last so long that the cluster takes the nodes apart, which needs longer than all others last.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="nodes">Nodes of the cluster, at least two.</param>
    public static Schedule Of(ulong seed, int nodes)
    {
        var dice = new Dice(seed);
        var faults = new List<Fault>();
        var first = Kinds[(int)(seed % (ulong)Kinds.Length)];
        for (var at = Quiet + dice.Roll(Quiet); at < LatestBegin; at += Quiet + dice.Roll(LongestGap))
        {
            var isFirst = faults.Count == 0;
            var kind = isFirst ? first : Kinds[dice.Roll(Kinds.Length)];
            // It restarts everything: once is enough.
            if (!isFirst && kind == FaultKind.RollingRestart) kind = FaultKind.Kill;
            var node = dice.Roll(nodes);
            var other = (node + 1 + dice.Roll(nodes - 1)) % nodes;
            faults.Add(new Fault(kind, Milliseconds(at), Lasts(kind, isFirst, dice), node, other));
        }
        return new Schedule(seed, faults);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Faults);

    private static TimeSpan Lasts(FaultKind kind, bool mayBeLong, Dice dice)
    {
        var isLong = mayBeLong && dice.Roll(OneLongOf) == 0;
        return kind switch
        {
            FaultKind.RollingRestart => TimeSpan.Zero,
            FaultKind.Kill or FaultKind.DatabaseRestart or FaultKind.DatabaseCrash => Milliseconds(dice.Roll(LongestAway)),
            _ => Milliseconds(isLong ? LongBegin + dice.Roll(LongSpread) : Quiet + dice.Roll(LongestShort)),
        };
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
