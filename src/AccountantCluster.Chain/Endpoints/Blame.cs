namespace AccountantCluster.Chain;

/// <summary>Takes note of who was wrong about something.</summary>
/// <param name="what">What was asked, in a few words.</param>
/// <param name="height">Where it lies in the chain; null where that is not known.</param>
internal sealed class Blame<T>(string what, ulong? height)
{
    /// <summary>Enough said the same.</summary>
    public void Outvoted(Tally<T> tally, IReadOnlyList<EndpointReply<T>> replies)
    {
        foreach (var reply in tally.Largest) reply.Endpoint.Agreed();
        foreach (var reply in replies.Except(tally.Largest))
        {
            if (reply.Problem is RpcException)
            {
                if (!MayBeBehind(reply.Endpoint)) reply.Endpoint.Failed($"it refuses {what}, which others tell");
            }
            else if (reply.IsNothing)
            {
                if (OughtToKnow(reply.Endpoint)) reply.Endpoint.Disagreed(what, isOutvoted: true);
            }
            else if (reply.IsSomething)
            {
                if (HoldsRefusal(reply.Value!)) reply.Endpoint.Failed($"it refuses a part of {what}, which others tell");
                else reply.Endpoint.Disagreed(what, isOutvoted: true);
            }
        }
    }

    /// <summary>They cannot agree: somebody is wrong, and nobody knows who, so that none of them rests.</summary>
    public void Split(Tally<T> tally)
    {
        var hiding = tally.Nothings.Where(reply => OughtToKnow(reply.Endpoint)).ToArray();
        if (tally.Groups.Count + (hiding.Length > 0 ? 1 : 0) < 2) return;
        foreach (var reply in tally.Groups.SelectMany(group => group).Concat(hiding)) reply.Endpoint.Disagreed(what, isOutvoted: false);
    }

    private bool OughtToKnow(Endpoint endpoint) => height is { } known && endpoint.OughtToKnow(known);

    // A node that is behind refuses what lies above it, and is not to blame.
    private bool MayBeBehind(Endpoint endpoint) => height is { } known && endpoint.Head is not null && !endpoint.OughtToKnow(known);

    private static bool HoldsRefusal(T value) => value switch
    {
        CallOutcome outcome => AnswerContent.HoldsRefusal(outcome),
        IReadOnlyList<CallOutcome> outcomes => outcomes.Any(AnswerContent.HoldsRefusal),
        _ => false,
    };
}
