namespace AccountantCluster.Chain;

/// <summary>
/// Counts who says the same. Something that enough endpoints agree on wins; that there is nothing counts only where enough say so and no
/// such something can come any more, because an honest endpoint that is behind says it too.
/// </summary>
internal sealed class Tally<T>
{
    private readonly int _agreement;
    private readonly int _outstanding;

    /// <summary>Counts the replies of one question.</summary>
    /// <param name="replies">So far.</param>
    /// <param name="same">When two answers are the same.</param>
    /// <param name="agreement">Endpoints that must say the same.</param>
    /// <param name="outstanding">Endpoints that may still say something.</param>
    /// <param name="height">Where it lies; null where that is not known.</param>
    public Tally(
        IReadOnlyList<EndpointReply<T>> replies, IEqualityComparer<T> same, int agreement, int outstanding, ulong? height = null)
    {
        (_agreement, _outstanding) = (agreement, outstanding);
        var groups = new List<List<EndpointReply<T>>>();
        foreach (var reply in replies.Where(reply => reply.IsSomething))
        {
            if (groups.Find(group => same.Equals(group[0].Value!, reply.Value!)) is { } equals) equals.Add(reply);
            else groups.Add([reply]);
        }
        Groups = groups;
        Largest = groups.MaxBy(group => group.Count) ?? [];
        // What one that is known to be behind does not have yet says nothing about whether it is there.
        Nothings = [.. replies.Where(reply => reply.IsNothing && !reply.Endpoint.IsLagging && !(reply.Endpoint.Head < height))];
    }

    /// <summary>Equal answers, together.</summary>
    public IReadOnlyList<IReadOnlyList<EndpointReply<T>>> Groups { get; }

    /// <summary>The answer that most gave; empty while there is none.</summary>
    public IReadOnlyList<EndpointReply<T>> Largest { get; }

    /// <summary>Those that say that there is nothing, and are not behind.</summary>
    public IReadOnlyList<EndpointReply<T>> Nothings { get; }

    /// <summary>Endpoints that must still say the same as most.</summary>
    public int Missing => Math.Max(0, _agreement - Largest.Count);

    /// <summary>Whether enough said the same.</summary>
    public bool IsAgreed => Missing == 0;

    /// <summary>Whether enough said that there is nothing, and nothing else can come of it.</summary>
    public bool IsAgreedNothing => Nothings.Count >= _agreement && Missing > _outstanding;

    /// <summary>Whether it cannot be agreed on any more.</summary>
    public bool IsHopeless => Missing > _outstanding && Nothings.Count + _outstanding < _agreement;

    /// <summary>Whether two said different things.</summary>
    public bool IsDisputed => Groups.Count + (Nothings.Count > 0 ? 1 : 0) > 1;
}
