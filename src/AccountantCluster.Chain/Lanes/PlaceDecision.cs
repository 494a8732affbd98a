namespace AccountantCluster.Chain;

/// <summary>What a lane answers to an order.</summary>
public abstract record PlaceDecision
{
    private PlaceDecision()
    {
    }

    /// <summary>It is placed once this is stored.</summary>
    /// <param name="Event">To be stored.</param>
    public sealed record Place(LaneEvent.Placed Event) : PlaceDecision;

    /// <summary>It was placed before.</summary>
    public sealed record UnderWay : PlaceDecision;

    /// <summary>It was placed before, and this became of it.</summary>
    /// <param name="Outcome">What.</param>
    public sealed record Finished(LaneOutcome Outcome) : PlaceDecision;

    /// <summary>As many orders are under way as may be; it can come again later.</summary>
    public sealed record Full : PlaceDecision;

    /// <summary>Gas costs more than it may; it can come again later.</summary>
    public sealed record TooDear : PlaceDecision;
}
