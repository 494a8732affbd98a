using AccountantCluster.Client.Payments;
using AccountantCluster.Protocol;

namespace AccountantCluster.Client.Providers;

/// <summary>Accepted promises whose R may be public, in batches to be handed in again.</summary>
internal static class KeptPromises
{
    /// <summary>
    /// All of them, each batch with the window whose R opens it: an R opens the windows below it, but an accountant looks down only so far.
    /// </summary>
    /// <param name="books">The provider's books.</param>
    /// <param name="limit">Promises per batch.</param>
    public static IEnumerable<(ChainPosition Top, SignedPromise[] Promises)> Batches(ProviderBooks books, int limit)
    {
        // The highest of a consumer may be of an agreement that was folded, or from before the others were kept.
        var rest = new Queue<HeldEvidence>(books.Kept.Values.Union(books.Evidence.Values)
            .OrderBy(kept => kept.Position.Instance)
            .ThenByDescending(kept => kept.Position.Window)
            .ThenBy(kept => kept.Promise.Amount));
        while (rest.TryPeek(out var first))
        {
            var top = first.Position;
            var batch = new List<SignedPromise>();
            while (batch.Count < limit && rest.TryPeek(out var next) && IsOpenedBy(top, next.Position)) batch.Add(rest.Dequeue().Promise);
            yield return (top, [.. batch]);
        }
    }

    private static bool IsOpenedBy(ChainPosition top, ChainPosition position) =>
        position.Instance == top.Instance && top.Window - position.Window < ProtocolLimits.HashSteps;
}
