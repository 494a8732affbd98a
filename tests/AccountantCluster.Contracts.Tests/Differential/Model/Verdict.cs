namespace AccountantCluster.Contracts.Tests.Differential.Model;

/// <summary>
/// What the protocol says to an action. Where several rules refuse it, the protocol does not say which one is named: any of them is right.
/// </summary>
internal sealed class Verdict
{
    private readonly List<(int Row, IReadOnlySet<string> Reasons)> _failedRows = [];
    private readonly HashSet<string> _refusals = [];

    /// <summary>Names of the errors that the action deserves; none if it is carried out.</summary>
    public IReadOnlySet<string> Refusals => _refusals;

    /// <summary>Rows of a batch that do nothing, with the errors that each deserves.</summary>
    public IReadOnlyList<(int Row, IReadOnlySet<string> Reasons)> FailedRows => _failedRows;

    public bool IsRefused => _refusals.Count > 0;

    public Verdict RefuseIf(bool condition, string error)
    {
        if (condition) _refusals.Add(error);
        return this;
    }

    public void RefuseAsWell(Verdict other) => _refusals.UnionWith(other._refusals);

    /// <summary>Takes in what became of one row.</summary>
    public void AddRow(int row, Verdict verdict)
    {
        if (verdict.IsRefused) _failedRows.Add((row, verdict.Refusals));
    }

    public override string ToString() => IsRefused
        ? $"refused: {string.Join(" or ", _refusals)}"
        : $"done{string.Concat(_failedRows.Select(row => $", row {row.Row}: {string.Join(" or ", row.Reasons)}"))}";
}
