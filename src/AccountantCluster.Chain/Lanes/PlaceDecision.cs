namespace AccountantCluster.Chain;

/// <summary>What a lane answers to an order.</summary>
public abstract record PlaceDecision
{
    private PlaceDecision()
    {
    }

    /// <summary>It is placed once it was signed and stored.</summary>
    /// <param name="Transaction">The order with its nonce, without any attempt yet.</param>
    /// <param name="Offer">The first attempt.</param>
    public sealed record Place(LaneTransaction Transaction, LaneOffer Offer) : PlaceDecision;

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
