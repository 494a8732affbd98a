using AccountantCluster.Protocol;

namespace AccountantCluster.Reliability.Histories;

/// <summary>One batch on its way to one node, as the provider that sent it remembers it.</summary>
/// <param name="Order">The place of its beginning among all beginnings and answers of a history.</param>
/// <param name="HandIn">The same for every attempt to hand in the same batch.</param>
/// <param name="Provider">Who sent it.</param>
/// <param name="Node">To which node, from 0.</param>
/// <param name="SentAt">When, from the beginning of the history.</param>
/// <param name="Promises">What was sent.</param>
/// <param name="Answer">What came back; null where nothing came.</param>
internal sealed record Call(
    long Order, long HandIn, Address Provider, int Node, TimeSpan SentAt, IReadOnlyList<OfferedPromise> Promises, CallAnswer? Answer)
{
    /// <summary>Promises with what was said to them.</summary>
    public IEnumerable<(OfferedPromise Promise, PromiseAnswer Answer)> Answered =>
        Answer is null ? [] : Promises.Zip(Answer.Promises);

    /// <inheritdoc/>
    public override string ToString()
    {
        var said = Promises.Select((promise, index) => $"{promise}: {Answer?.Promises[index].Reason.ToString() ?? "?"}");
        var end = Answer is null
            ? "no answer"
            : $"#{Answer.Order} at {Answer.At.TotalSeconds:F2} s, signed {Answer.Signed?.Amount.ToString() ?? "nothing"}";
        return $"#{Order} at {SentAt.TotalSeconds:F2} s, hand-in {HandIn} of {Provider.ToString()[..6]} to node {Node} "
            + $"[{string.Join(", ", said)}] -> {end}";
    }
}
