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

    /// <summary>
    /// To be signed, stored, and handed in then: it does nothing but take a nonce that was used once and is not any more, so that those
    /// behind it are not held up.
    /// </summary>
    /// <param name="Transaction">An order of the lane's own, without any attempt yet.</param>
    /// <param name="Offer">Its first attempt.</param>
    public sealed record Fill(LaneTransaction Transaction, LaneOffer Offer) : LaneStep;

    /// <summary>To be signed, stored as the last transaction of its nonce, and handed in then.</summary>
    /// <param name="Nonce">The nonce.</param>
    /// <param name="Offer">What it offers.</param>
    public sealed record Replace(ulong Nonce, LaneOffer Offer) : LaneStep;

    /// <summary>The last transaction of a nonce is to be handed in, after everything before it was stored. Twice does no harm.</summary>
    /// <param name="Nonce">The nonce.</param>
    public sealed record HandIn(ulong Nonce) : LaneStep;
}
