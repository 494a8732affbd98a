using System.Collections.Immutable;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// A batch's reveals and hashlocks, before its promises are looked at. Answered by <see cref="BatchPrepared"/>, once the reveals are
/// durable.
/// </summary>
/// <param name="Provider">Who hands the batch in.</param>
/// <param name="Reveals">Rs.</param>
/// <param name="Hashlocks">Distinct hashlocks of the promises, and the one to sign under.</param>
internal sealed record PrepareBatch(Address Provider, ImmutableArray<Preimage> Reveals, ImmutableArray<Hashlock> Hashlocks)
    : IProviderChannelMessage;

/// <summary>The answer to <see cref="PrepareBatch"/>.</summary>
/// <param name="Reveals">One reason per R, in order.</param>
/// <param name="Hashlocks">One standing per hashlock, in order.</param>
internal sealed record BatchPrepared(ImmutableArray<RejectionReason> Reveals, ImmutableArray<HashlockStanding> Hashlocks) : IChannelMessage;

/// <summary>
/// Credits of a batch's promises, and what to sign. Answered by <see cref="CreditedAndSigned"/>, once credits and total are durable and the
/// total is signed.
/// </summary>
/// <param name="Provider">Who is credited.</param>
/// <param name="Credits">Everything that the batch's consumer channels have not seen acknowledged.</param>
/// <param name="Hashlock">The hashlock to sign under; null: there is nothing to sign.</param>
/// <param name="Position">Where the provider stands in its hash chain.</param>
internal sealed record CreditAndSign(Address Provider, ImmutableArray<ChannelCredits> Credits, Hashlock? Hashlock, ChainPosition? Position)
    : IProviderChannelMessage;

/// <summary>Credits of one consumer channel to one provider.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Segments">Oldest first, without gaps.</param>
internal readonly record struct ChannelCredits(Address Channel, ImmutableArray<CreditSegment> Segments)
{
    /// <summary>The total that they reach, in token base units.</summary>
    public Amount Total => Segments is [.., var last] ? last.To : Amount.Zero;
}

/// <summary>The answer to <see cref="CreditAndSign"/>.</summary>
/// <param name="Totals">Per consumer channel of the request: how much of its credit is counted.</param>
/// <param name="Reason">Why nothing was signed; None otherwise.</param>
/// <param name="Promise">What was signed.</param>
/// <param name="Promised">Highest total ever signed, in token base units.</param>
/// <param name="Settled">Settled on chain, in token base units.</param>
/// <param name="Balance">Guaranteed balance, in token base units.</param>
/// <param name="Loan">Loan, in token base units.</param>
/// <param name="FeeBasisPoints">The fee that the credits were counted with.</param>
internal sealed record CreditedAndSigned(
    ImmutableArray<CreditedTotal> Totals,
    RejectionReason Reason,
    SignedProviderPromise? Promise,
    Amount Promised,
    Amount Settled,
    Amount Balance,
    Amount Loan,
    ushort FeeBasisPoints) : IChannelMessage;

/// <summary>How much of a consumer channel's credit a provider channel has counted.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Credited">In token base units.</param>
internal readonly record struct CreditedTotal(Address Channel, Amount Credited);

/// <summary>
/// A consumer channel sends its credits again, outside of any batch. Answered to the consumer channel by <see cref="AcknowledgeCredit"/>,
/// once durable.
/// </summary>
/// <param name="Provider">Who is credited.</param>
/// <param name="Credits">What was not acknowledged.</param>
internal sealed record DeliverCredits(Address Provider, ChannelCredits Credits) : IProviderChannelMessage;

/// <summary>A consumer channel holds Rs durably. No answer: losing it only makes them go out once more.</summary>
/// <param name="Provider">Whose Rs they are.</param>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Hashlocks">What they open.</param>
/// <param name="Credited">
/// What the consumer channel had credited to the provider by then, in token base units: a credit that came later may wait for an R that it
/// heard too early.
/// </param>
internal sealed record AcknowledgeReveals(Address Provider, Address Channel, ImmutableArray<Hashlock> Hashlocks, Amount Credited)
    : IProviderChannelMessage;

/// <summary>A confirmed block's word on a provider channel. Answered by <see cref="Observed"/>.</summary>
/// <param name="Provider">Identity of the provider.</param>
/// <param name="Facts">What the block says.</param>
internal sealed record ObserveProviderChannel(Address Provider, ProviderChannelFacts Facts) : IProviderChannelMessage;

/// <summary>An R that a settlement on chain made public. Answered by <see cref="Observed"/>, also where it opens nothing.</summary>
/// <param name="Provider">Whose promise was settled.</param>
/// <param name="R">The R.</param>
internal sealed record ObserveReveal(Address Provider, Preimage R) : IProviderChannelMessage;

/// <summary>
/// A promise of the accountant's that the books may not remember. Answered by <see cref="EvidenceTaken"/>, once what it raises is durable.
/// </summary>
/// <param name="Provider">To whom it was promised.</param>
/// <param name="Promised">What was promised, in token base units.</param>
/// <param name="Hashlock">Under which hashlock.</param>
/// <param name="R">Opens it.</param>
internal sealed record ProveTotal(Address Provider, Amount Promised, Hashlock Hashlock, Preimage R) : IProviderChannelMessage;

/// <summary>What became of evidence: the answer of both kinds of channel.</summary>
/// <param name="Reason">None: it raised something. ALREADY_COVERED: as much was known.</param>
internal sealed record EvidenceTaken(RejectionReason Reason) : IChannelMessage;

/// <summary>What the channel was told is durable: the answer of both kinds of channel.</summary>
internal sealed record Observed : IChannelMessage
{
    public static Observed Instance { get; } = new();
}

/// <summary>Asks for what can be paid on chain. Answered by <see cref="PayableFound"/>.</summary>
/// <param name="Provider">Identity of the provider.</param>
internal sealed record GetPayable(Address Provider) : IProviderChannelMessage;

/// <summary>The answer to <see cref="GetPayable"/>.</summary>
/// <param name="Payable">What can be paid.</param>
internal sealed record PayableFound(Payable Payable) : IChannelMessage;

/// <summary>Asks for the overview. Answered by <see cref="ProviderChannelDescribed"/>.</summary>
/// <param name="Provider">Identity of the provider.</param>
internal sealed record DescribeProviderChannel(Address Provider) : IProviderChannelMessage;

/// <summary>The answer to <see cref="DescribeProviderChannel"/>.</summary>
/// <param name="Overview">The overview.</param>
internal sealed record ProviderChannelDescribed(ProviderOverview Overview) : IChannelMessage;
