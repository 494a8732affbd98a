namespace AccountantCluster.Chain;

/// <summary>Limits of a pool of endpoints; the defaults suit public ones.</summary>
public sealed record EndpointPoolOptions
{
    /// <summary>
    /// Endpoints that must say the same before it counts, from 1 to their number: as long as fewer of them lie, none of it moves money, and
    /// as long as so many answer, the chain can be read. Null takes 1 of one endpoint and 2 of more: two that
    /// different people run do not lie alike, and of three one may be down.
    /// </summary>
    public int? Agreement { get; init; }

    /// <summary>
    /// An endpoint that did not answer, or answered otherwise than the others, is not asked for so long the first time: a hiccup is over by
    /// then.
    /// </summary>
    public TimeSpan FirstRest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Each rest is twice as long as the one before, up to this; it begins anew for an endpoint that has been good for as long. One that
    /// stays away costs a request a minute then, and one that comes back is used within a minute.
    /// </summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Where an endpoint does not answer for so long, another one is asked too, and what does not need it does not wait for it: endpoints
    /// answer in less than half a second, and blocks come every 12 s.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Blocks that an endpoint may be behind without being blamed: the machines behind a provider's one address differ by one or two.
    /// </summary>
    public ulong TolerableLagBlocks { get; init; } = 3;

    /// <summary>
    /// Logs of one answer that some endpoints have and others do not, and that are looked into one by one, with a read each. An honest
    /// endpoint that is behind lacks a few; one that invents thousands must not keep the others busy.
    /// </summary>
    public int MaxDisputedLogs { get; init; } = 100;

    /// <summary>The agreement among so many endpoints.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than there are, or none.</exception>
    internal int AgreementAmong(int endpoints)
    {
        var agreement = Agreement ?? Math.Min(2, endpoints);
        if (agreement < 1 || agreement > endpoints)
            throw new ArgumentOutOfRangeException(nameof(endpoints), $"{agreement} of {endpoints} endpoints cannot say the same.");
        return agreement;
    }
}
