using AccountantCluster.Protocol;

namespace AccountantCluster.Edge;

/// <summary>Verifies many promises at once, before any actor hears of them: an actor only compares numbers.</summary>
internal sealed class PromiseVerifier(PromiseCheck check, VerificationPool pool)
{
    // Promises per piece of work: about a millisecond, so that a batch spreads over the cores and small batches do not wait long behind
    // large ones.
    private const int PieceLength = 32;

    /// <summary>One verdict per promise, in their order; null when the queue is full (OVERLOADED).</summary>
    public async Task<PromiseVerdict[]?> VerifyAsync(
        Address caller, IReadOnlyList<Wire.ConsumerPromise> promises, CancellationToken cancellation)
    {
        if (promises.Count == 0) return [];
        if (!pool.TryReserve(promises.Count)) return null;

        var verdicts = new PromiseVerdict[promises.Count];
        var pieces = new List<Task>();
        for (var start = 0; start < promises.Count; start += PieceLength)
        {
            var (from, to) = (start, Math.Min(start + PieceLength, promises.Count));
            pieces.Add(pool.RunAsync(to - from, () => CheckPiece(from, to), cancellation));
        }
        await Task.WhenAll(pieces);
        return verdicts;

        void CheckPiece(int from, int to)
        {
            for (var i = from; i < to; i++) verdicts[i] = check.Check(caller, promises[i]);
        }
    }
}
