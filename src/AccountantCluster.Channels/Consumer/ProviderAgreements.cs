using System.Collections.Immutable;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// All agreements of a consumer channel with one provider, and the credits that the provider channel has not acknowledged yet.
/// </summary>
public sealed record ProviderAgreements
{
    /// <summary>No agreement yet.</summary>
    public static ProviderAgreements None { get; } = new();

    /// <summary>Cumulative total per agreement; at most <see cref="ProtocolLimits.AgreementsKept"/>, the highest ids.</summary>
    public ImmutableSortedDictionary<AgreementId, Amount> Totals { get; init; } = ImmutableSortedDictionary<AgreementId, Amount>.Empty;

    /// <summary>Ids up to and including this one are closed; null while none is.</summary>
    public AgreementId? Floor { get; init; }

    /// <summary>Sum of all agreements, closed ones included, in token base units. Never falls.</summary>
    public Amount Credited { get; init; }

    /// <summary>What the provider channel has not acknowledged, oldest first, without gaps, ending at <see cref="Credited"/>.</summary>
    public ImmutableList<CreditSegment> Unacknowledged { get; init; } = [];

    /// <summary>Whether the agreement was folded into the total, so that nobody knows any more what it had reached.</summary>
    public bool IsClosed(AgreementId id) => Floor is { } floor && id <= floor;

    /// <summary>Whether the agreement is new and below all that are kept: the first to fold, so it never opens.</summary>
    public bool ComesTooLate(AgreementId id) =>
        Totals.Count >= ProtocolLimits.AgreementsKept && !Totals.ContainsKey(id) && id < Totals.Keys.First();

    /// <summary>Adds to an agreement, under a hashlock.</summary>
    /// <exception cref="OverflowException">A total would exceed 2^128−1.</exception>
    public ProviderAgreements Add(AgreementId id, Amount delta, Hashlock hashlock)
    {
        var totals = Totals.SetItem(id, Totals.GetValueOrDefault(id) + delta);
        var floor = Floor;
        if (totals.Count > ProtocolLimits.AgreementsKept)
        {
            floor = totals.Keys.First();
            totals = totals.Remove(floor.Value);
        }

        var credited = Credited + delta;
        var segment = new CreditSegment(hashlock, Credited, credited);
        var unacknowledged = Unacknowledged is [.., var last] && last.Hashlock == hashlock
            ? Unacknowledged.SetItem(Unacknowledged.Count - 1, last with { To = credited })
            : Unacknowledged.Add(segment);
        return this with { Totals = totals, Floor = floor, Credited = credited, Unacknowledged = unacknowledged };
    }

    /// <summary>Whether one more credit under that hashlock can wait for its acknowledgement.</summary>
    public bool HasRoomFor(Hashlock hashlock) =>
        Unacknowledged.Count < ChannelLimits.UnacknowledgedCredits || Unacknowledged[^1].Hashlock == hashlock;

    /// <summary>Forgets the credits that the provider channel holds durably.</summary>
    public ProviderAgreements Acknowledge(Amount total)
    {
        var waiting = Unacknowledged.RemoveAll(segment => segment.To <= total);
        if (waiting is [var first, ..] && first.From < total) waiting = waiting.SetItem(0, first with { From = total });
        return this with { Unacknowledged = waiting };
    }
}
