using System.Collections.Immutable;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster;

/// <summary>
/// All promises of a batch that go to one channel. Answered by <see cref="PromisesOffered"/>, once all that was accepted is durable.
/// </summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Provider">Who hands them in.</param>
/// <param name="Offers">In the order of the batch.</param>
internal sealed record OfferPromises(Address Channel, Address Provider, ImmutableArray<Offer> Offers) : IConsumerChannelMessage;

/// <summary>One promise of a batch.</summary>
/// <param name="Promise">The promise.</param>
/// <param name="KnownR">Opens its hashlock, where it was revealed before.</param>
internal readonly record struct Offer(VerifiedPromise Promise, Preimage? KnownR);

/// <summary>The answer to <see cref="OfferPromises"/>.</summary>
/// <param name="Channel">Who answers.</param>
/// <param name="Outcomes">One per promise, in order.</param>
/// <param name="Unacknowledged">All credits of the provider that its channel has not acknowledged, oldest first.</param>
internal sealed record PromisesOffered(Address Channel, ImmutableArray<OfferOutcome> Outcomes, ImmutableArray<CreditSegment> Unacknowledged)
    : IChannelMessage;

/// <summary>What became of one promise at its consumer channel.</summary>
/// <param name="Reason">None: accepted.</param>
/// <param name="Delta">What it added to its agreement, in token base units.</param>
/// <param name="Expected">With PROMISE_TOO_LOW: the amount that passes.</param>
/// <param name="Proof">With PROMISE_TOO_LOW: the consumer's highest accepted promise.</param>
internal readonly record struct OfferOutcome(RejectionReason Reason, Amount Delta, Amount? Expected, VerifiedPromise? Proof);

/// <summary>The provider channel holds the credits durably. No answer: losing it only makes them go out once more.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Provider">Who was credited.</param>
/// <param name="Total">Up to which total, in token base units.</param>
internal sealed record AcknowledgeCredit(Address Channel, Address Provider, Amount Total) : IConsumerChannelMessage;

/// <summary>
/// Rs of a provider for a channel that credited under them. Answered to the provider channel by <see cref="AcknowledgeReveals"/>, once
/// durable.
/// </summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Provider">Whose Rs they are.</param>
/// <param name="Preimages">The Rs.</param>
internal sealed record DeliverReveals(Address Channel, Address Provider, ImmutableArray<Preimage> Preimages) : IConsumerChannelMessage;

/// <summary>A confirmed block's word on a consumer channel. Answered by <see cref="Observed"/>.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Facts">What the block says.</param>
internal sealed record ObserveConsumerChannel(Address Channel, ConsumerChannelFacts Facts) : IConsumerChannelMessage;

/// <summary>An exit request seen in a block that need not be confirmed. Answered by <see cref="Observed"/>.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Block">Number of the block.</param>
internal sealed record ObserveExitRequest(Address Channel, ulong Block) : IConsumerChannelMessage;

/// <summary>
/// An exit that the consumer has signed. Answered by <see cref="ExitConsented"/>, once its amount is off deposited durably and the operator
/// has signed.
/// </summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Consent">What the consumer signed.</param>
internal sealed record ConsentToExit(Address Channel, ExitConsent Consent) : IConsumerChannelMessage;

/// <summary>The answer to <see cref="ConsentToExit"/>.</summary>
/// <param name="Reason">None: signed.</param>
/// <param name="Signature">The operator's.</param>
internal sealed record ExitConsented(RejectionReason Reason, Signature? Signature) : IChannelMessage;

/// <summary>
/// A promise with its R that the books may not remember. Answered by <see cref="EvidenceTaken"/>, once what it raises is durable.
/// </summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Promise">The consumer's promise.</param>
/// <param name="R">Opens its hashlock.</param>
internal sealed record ProvePromise(Address Channel, VerifiedPromise Promise, Preimage R) : IConsumerChannelMessage;

/// <summary>An admin freezes or releases a channel. Answered by <see cref="Observed"/>, once durable.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Frozen">Whether new promises are refused.</param>
internal sealed record FreezeConsumerChannel(Address Channel, bool Frozen) : IConsumerChannelMessage;

/// <summary>
/// A registration whose signature was verified. Answered by <see cref="RegistrationAnswered"/>, once it is held durably.
/// </summary>
/// <param name="Channel">Address of the consumer channel.</param>
/// <param name="Opening">The registration.</param>
internal sealed record HoldRegistration(Address Channel, Opening Opening) : IConsumerChannelMessage;

/// <summary>The answer to <see cref="HoldRegistration"/>.</summary>
/// <param name="Reason">None: it is held.</param>
/// <param name="Spendable">What the consumer can promise in all now, in token base units.</param>
internal sealed record RegistrationAnswered(RejectionReason Reason, Amount Spendable) : IChannelMessage;

/// <summary>Asks for what can be collected on chain. Answered by <see cref="CollectableFound"/>.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
internal sealed record GetCollectable(Address Channel) : IConsumerChannelMessage;

/// <summary>The answer to <see cref="GetCollectable"/>.</summary>
/// <param name="Collectable">What can be collected.</param>
internal sealed record CollectableFound(Collectable Collectable) : IChannelMessage;

/// <summary>Asks for the overview. Answered by <see cref="ConsumerChannelDescribed"/>.</summary>
/// <param name="Channel">Address of the consumer channel.</param>
internal sealed record DescribeConsumerChannel(Address Channel) : IConsumerChannelMessage;

/// <summary>The answer to <see cref="DescribeConsumerChannel"/>.</summary>
/// <param name="Overview">The overview.</param>
internal sealed record ConsumerChannelDescribed(ConsumerOverview Overview) : IChannelMessage;
