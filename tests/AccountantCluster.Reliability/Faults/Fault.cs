namespace AccountantCluster.Reliability.Faults;

/// <summary>One fault, as data.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="At">When, from the beginning of the load.</param>
/// <param name="Lasts">How long until it is undone.</param>
/// <param name="Node">The node that it hits, from 0; without meaning where it hits all or none.</param>
/// <param name="Other">The other end of a cut between two nodes.</param>
internal sealed record Fault(FaultKind Kind, TimeSpan At, TimeSpan Lasts, int Node, int Other)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var where = Kind switch
        {
            FaultKind.Kill or FaultKind.Pause or FaultKind.Isolate => $" node {Node}",
            FaultKind.CutPair => $" nodes {Node} and {Other}",
            _ => "",
        };
        return $"{At.TotalSeconds:F1} s: {Kind}{where} for {Lasts.TotalSeconds:F1} s";
    }
}
