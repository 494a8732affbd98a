namespace AccountantCluster.Reliability.Checks;

/// <summary>One thing that must never be.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="What">What was found.</param>
/// <param name="Around">The few records around it, as text.</param>
internal sealed record Violation(ViolationKind Kind, string What, IReadOnlyList<string> Around)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind}: {What}{string.Concat(Around.Select(line => $"\n      {line}"))}";
}
