using System.Collections.Immutable;
using System.Numerics;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Statements;

/// <summary>Collects what does not add up. Sums are of any size: what is checked may be nonsense.</summary>
internal sealed class StatementCheck(StatementSpan span)
{
    private readonly ImmutableArray<StatementDifference>.Builder _differences = ImmutableArray.CreateBuilder<StatementDifference>();
    private LinePlace? _last;

    public ImmutableArray<StatementDifference> Differences => _differences.ToImmutable();

    /// <summary>A line comes after the one before, in a block of the statement.</summary>
    public void Place(LinePlace at, BigInteger moved)
    {
        if (!span.Covers(at.Block) || (_last is { } last && at <= last))
            _differences.Add(new StatementDifference(StatementRule.LineStandsOnce, BigInteger.Zero, moved, at));
        _last = at;
    }

    public void Equal(StatementRule rule, BigInteger expected, BigInteger found, LinePlace? at = null)
    {
        if (expected != found) _differences.Add(new StatementDifference(rule, expected, found, at));
    }

    public void AtMost(StatementRule rule, BigInteger limit, BigInteger found, LinePlace? at = null)
    {
        if (found > limit) _differences.Add(new StatementDifference(rule, limit, found, at));
    }

    /// <summary>A sum of any size.</summary>
    public static BigInteger Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(BigInteger.Zero, (sum, amount) => sum + amount.Units);
}
