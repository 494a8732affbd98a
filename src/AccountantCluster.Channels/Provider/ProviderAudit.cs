using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Provider;

/// <summary>
/// A receiving channel as somebody sees it who reads its journal and takes nobody's word (protocol §4: the signer never signs an
/// unjustified total). Pure: events are followed, and each total that they authorise is judged once more by the rules that must have
/// named it.
/// </summary>
public sealed record ProviderAudit
{
    private ProviderAudit(ProviderChannelState state, bool isJustified) => (State, IsJustified) = (state, isJustified);

    /// <summary>A journal without events.</summary>
    public static ProviderAudit Empty { get; } = new(ProviderChannelState.Empty, isJustified: true);

    /// <summary>The channel after the events.</summary>
    public ProviderChannelState State { get; }

    // Whether the rules name the total that was authorised last.
    private bool IsJustified { get; }

    /// <summary>Begins where a snapshot stands, of which all that can be asked is that its parts fit together.</summary>
    public static ProviderAudit From(ProviderChannelState snapshot) =>
        new(snapshot, ProviderChannelInvariants.Check(snapshot).IsEmpty);

    /// <summary>After one event more.</summary>
    /// <exception cref="InvalidOperationException">It counts credit that does not begin where the known credit ends.</exception>
    public ProviderAudit Follow(ProviderChannelEvent @event)
    {
        if (@event is ProviderChannelEvent.CreditsRecorded recorded) CheckCredits(recorded);
        var isJustified = @event is ProviderChannelEvent.PromiseAuthorised authorised ? Names(authorised) : IsJustified;
        return new ProviderAudit(ProviderChannel.Apply(State, @event), isJustified);
    }

    /// <summary>Whether the journal has authorised a total last, and the rules allow it.</summary>
    public bool Justifies(SignedTotal total) => IsJustified && State.LastSigned == total;

    private bool Names(ProviderChannelEvent.PromiseAuthorised authorised)
    {
        var (total, isRevealed) = authorised;
        try
        {
            var decision = ProviderChannel.DecideSigning(State, total.Hashlock, total.Position);
            return decision is { Reason: RejectionReason.None, Events: [ProviderChannelEvent.PromiseAuthorised named] }
                && named.Total == total && named.IsRevealed == isRevealed;
        }
        catch (InvalidOperationException)
        {
            // The rules would have it fall.
            return false;
        }
    }

    private void CheckCredits(ProviderChannelEvent.CreditsRecorded recorded)
    {
        var totals = new Dictionary<Address, Amount>();
        foreach (var (channel, segment, _) in recorded.Credits)
        {
            var total = totals.TryGetValue(channel, out var known) ? known : ProviderChannel.CreditedBy(State, channel);
            if (segment.From != total || segment.To <= total)
                throw new InvalidOperationException($"{channel} is credited from {segment.From} to {segment.To} after {total}.");
            totals[channel] = segment.To;
        }
    }
}
