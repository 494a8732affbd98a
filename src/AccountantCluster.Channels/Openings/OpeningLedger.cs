using System.Collections.Immutable;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Openings;

/// <summary>
/// What an accountant risks on consumers that are not registered yet, all of them together (paper §4.7), pure: a function of what was
/// granted and what became of it. Whoever keeps it is one, so that its limits hold for the whole cluster.
/// </summary>
public sealed record OpeningLedger
{
    private const ulong SecondsPerHour = 3_600;

    /// <summary>Nothing was granted.</summary>
    public static OpeningLedger Empty { get; } = new();

    /// <summary>
    /// By the addresses of their channels: those that are granted, those that failed while their losses count, and those that were never
    /// registered although something was promised.
    /// </summary>
    public ImmutableDictionary<Address, GrantedOpening> Openings { get; init; } = ImmutableDictionary<Address, GrantedOpening>.Empty;

    /// <summary>The hour in which the last one was granted, counted from 1970 by the chain's clock.</summary>
    public ulong Hour { get; init; }

    /// <summary>How many were granted in it.</summary>
    public int GrantedInHour { get; init; }

    /// <summary>
    /// What may be lost, and was lost lately, in token base units. Never above the limit of all while that is not lowered.
    /// </summary>
    /// <param name="time">Unix time in seconds, of a block.</param>
    public Amount TakenUp(ulong time) => TakenUp(time, except: default);

    /// <summary>What a channel may spend before it is registered, in token base units.</summary>
    public Amount GrantedTo(Address channel, ulong time) =>
        Openings.TryGetValue(channel, out var granted) ? granted.GrantedAt(time) : Amount.Zero;

    /// <summary>Whether an opening may be granted now. One that was granted before is granted again only where it holds longer.</summary>
    /// <param name="channel">Address of its channel.</param>
    /// <param name="opening">The registration that the channel holds.</param>
    /// <param name="amount">
    /// How much may be spent on it, in token base units: no more than is there, so that who has little takes little from others.
    /// </param>
    /// <param name="policy">What the operator risks.</param>
    /// <param name="time">Unix time in seconds, of a confirmed block.</param>
    public bool Allows(Address channel, Opening opening, Amount amount, OpeningPolicy policy, ulong time)
    {
        if (amount.IsZero || amount > policy.Limit || !opening.HoldsAt(time)) return false;
        if (Openings.TryGetValue(channel, out var known) && known.Opening.Deadline >= opening.Deadline) return false;
        if (Hour == time / SecondsPerHour && GrantedInHour >= policy.PerHour) return false;
        return TakenUp(time, except: channel).TryAdd(amount, out var all) && all <= policy.TotalLimit;
    }

    /// <summary>After one was granted.</summary>
    public OpeningLedger Grant(Address channel, Opening opening, Amount amount, ulong time)
    {
        var hour = time / SecondsPerHour;
        return this with
        {
            Openings = Openings.SetItem(channel, new GrantedOpening(opening, amount)),
            Hour = hour,
            GrantedInHour = hour == Hour ? GrantedInHour + 1 : 1,
        };
    }

    /// <summary>
    /// What is lost on a channel that has durably taken in what a confirmed block says of it; null while that is not known, or nothing
    /// changed.
    /// </summary>
    /// <param name="channel">Address of the channel.</param>
    /// <param name="facts">What it took in.</param>
    /// <param name="promised">What it had promised after that, in token base units; of one that has failed it is known.</param>
    public Amount? Judge(Address channel, ConsumerChannelFacts facts, Amount promised)
    {
        if (!Openings.TryGetValue(channel, out var known)) return null;
        if (!facts.Registered && (known.Opening.HoldsAt(facts.Time) || !facts.Granted.IsZero)) return null;
        if (known.HasFailed) promised = known.Promised;
        var lost = facts.Registered ? promised.SaturatingSubtract(facts.Deposited) : promised;
        // Once the loss does not count any more, a registered channel is like any other.
        if (known.HasFailed && facts.Registered && known.TakenUp(facts.Time).IsZero) lost = Amount.Zero;
        return known.HasFailed && lost == known.Lost ? null : lost;
    }

    /// <summary>After it was known what is lost on one: nothing, and it is forgotten; or something, which counts for a time.</summary>
    public OpeningLedger End(Address channel, Amount promised, Amount lost, ulong time)
    {
        if (!Openings.TryGetValue(channel, out var known)) return this;
        return lost.IsZero
            ? this with { Openings = Openings.Remove(channel) }
            : this with
            {
                Openings = Openings.SetItem(
                    channel, known with { Promised = promised, Lost = lost, FailedAt = known.HasFailed ? known.FailedAt : time }),
            };
    }

    private Amount TakenUp(ulong time, Address except) => Openings
        .Where(pair => pair.Key != except)
        .Aggregate(Amount.Zero, (sum, pair) => sum.SaturatingAdd(pair.Value.TakenUp(time)));
}
