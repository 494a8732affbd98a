namespace AccountantCluster.Reliability.Histories;

/// <summary>The answer to one call.</summary>
/// <param name="Order">Its place among all beginnings and answers of a history.</param>
/// <param name="At">When it came, from the beginning of the history.</param>
/// <param name="Promises">One per promise of the call, in its order.</param>
/// <param name="Signed">The accountant's promise; null where nothing was signed.</param>
internal sealed record CallAnswer(long Order, TimeSpan At, IReadOnlyList<PromiseAnswer> Promises, SignedTotal? Signed)
{
    /// <summary>Nothing in it has to be asked again.</summary>
    public bool IsDefinite => Promises.All(promise => !promise.IsOpen);
}
