using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Consumer;

/// <summary>What consumer and operator agree on: an exact amount leaves the channel at once (protocol §6, ConsentExit).</summary>
/// <param name="Beneficiary">Where the money goes.</param>
/// <param name="Amount">Exactly this much is paid, in token base units.</param>
/// <param name="Nonce">The channel's counter: once it is above, the consent was paid or never will be.</param>
/// <param name="Deadline">Unix time in seconds until which the signatures hold, inclusive.</param>
public sealed record ExitConsent(Address Beneficiary, Amount Amount, ulong Nonce, ulong Deadline)
{
    /// <summary>Whether it can still be paid in a block after the one that says <paramref name="facts"/>.</summary>
    public bool IsOutstanding(ConsumerChannelFacts facts) => Nonce >= facts.Nonce && Deadline >= facts.Time;

    /// <summary>What is signed.</summary>
    /// <param name="channel">Address of the consumer channel.</param>
    public ConsentExit For(Address channel) => new(ChannelId.OfConsumer(channel), Beneficiary, Amount, Nonce, Deadline);
}
