using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>
/// A paying channel as somebody sees it who reads its journal and takes nobody's word: what an operator's signature under an exit rests on
/// (protocol §6, ConsentExit). Pure.
/// </summary>
public sealed record ConsumerAudit
{
    private ConsumerAudit(ConsumerChannelState state, bool isJustified) => (State, IsJustified) = (state, isJustified);

    /// <summary>A journal without events.</summary>
    public static ConsumerAudit Empty { get; } = new(ConsumerChannelState.Empty, isJustified: true);

    /// <summary>The channel after the events.</summary>
    public ConsumerChannelState State { get; }

    // Whether the rules allow the consent that was given last.
    private bool IsJustified { get; }

    /// <summary>Begins where a snapshot stands, of which all that can be asked is that its parts fit together.</summary>
    public static ConsumerAudit From(ConsumerChannelState snapshot) =>
        new(snapshot, ConsumerChannelInvariants.Check(snapshot).IsEmpty);

    /// <summary>After one event more.</summary>
    public ConsumerAudit Follow(ConsumerChannelEvent @event)
    {
        var isJustified = @event is ConsumerChannelEvent.ConsentGiven given ? Allows(given.Consent) : IsJustified;
        return new ConsumerAudit(ConsumerChannel.Apply(State, @event), isJustified);
    }

    /// <summary>Whether the journal holds an exit's amount off what the consumer can spend, and the rules allow it.</summary>
    public bool Justifies(ExitConsent consent) => IsJustified && State.OutstandingConsent == consent;

    // When it was given is not known. At its deadline it was not too late, and no deadline is too far away.
    private bool Allows(ExitConsent consent) =>
        ConsumerExit.DecideConsent(State, consent, now: consent.Deadline).Reason == RejectionReason.None;
}
