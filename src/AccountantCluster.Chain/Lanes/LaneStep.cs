namespace AccountantCluster.Chain;

/// <summary>What is to be done in a lane next.</summary>
public abstract record LaneStep
{
    private LaneStep()
    {
    }

    /// <summary>To be stored.</summary>
    /// <param name="Event">What happened.</param>
    public sealed record Record(LaneEvent Event) : LaneStep;

    /// <summary>To be signed, stored as the last transaction of its nonce, and handed in then.</summary>
    /// <param name="Nonce">The nonce.</param>
    /// <param name="Offer">What it offers.</param>
    public sealed record Replace(ulong Nonce, LaneOffer Offer) : LaneStep;

    /// <summary>The last transaction of a nonce is to be handed in, after everything before it was stored. Twice does no harm.</summary>
    /// <param name="Nonce">The nonce.</param>
    public sealed record HandIn(ulong Nonce) : LaneStep;
}
