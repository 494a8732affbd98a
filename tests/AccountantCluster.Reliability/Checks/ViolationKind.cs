namespace AccountantCluster.Reliability.Checks;

/// <summary>What must never be, by name.</summary>
internal enum ViolationKind
{
    /// <summary>A promise was acknowledged, and the journal does not hold it; or a credit never reached its provider channel.</summary>
    Lost,

    /// <summary>The same piece of an agreement was credited twice, or more than anybody promised.</summary>
    Doubled,

    /// <summary>Promised is above deposited, or more was acknowledged than there is.</summary>
    Overspent,

    /// <summary>Credited is above promised.</summary>
    CreditedAbovePromised,

    /// <summary>Credit up to some amount on the staircase is above that amount.</summary>
    StaircaseBroken,

    /// <summary>Revealed credit is above settleable.</summary>
    RevealedAboveSettleable,

    /// <summary>What consumer channels credited is not what provider channels counted, at rest.</summary>
    NotConserved,

    /// <summary>A total of the accountant's is lower than one before.</summary>
    TotalDecreased,

    /// <summary>A total was signed, or may be, that the journal does not justify.</summary>
    TotalUnjustified,

    /// <summary>Two answers contradict each other, or one contradicts the journal: two owners.</summary>
    AnsweredDifferently,

    /// <summary>An honest promise was refused for good.</summary>
    HonestRefused,

    /// <summary>A provider does not hold what it is owed when everything is answered.</summary>
    OwedNotHeld,

    /// <summary>A channel's events have a gap, the same number twice, or an event that nobody caused.</summary>
    JournalBroken,

    /// <summary>Something did not come back in time after everything was healed.</summary>
    NotRecovered,
}
