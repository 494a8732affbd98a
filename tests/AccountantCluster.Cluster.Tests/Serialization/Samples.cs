using AccountantCluster.Chain;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Cluster.Exchange;
using AccountantCluster.Protocol;

namespace AccountantCluster.Cluster.Tests;

/// <summary>
/// At least one of every event, snapshot and message: with every field set, and with everything absent that may be. Fixed values, because
/// their bytes are kept as golden files.
/// </summary>
internal static class Samples
{
    private static readonly Address Channel = Address.Parse("0x00000000000000000000000000000000c0ffee01");
    private static readonly Address Provider = Address.Parse("0x000000000000000000000000000000000000beef");
    private static readonly Preimage R = new(Bytes32.FromUInt128(77));
    private static readonly Hashlock Lock = R.ToHashlock();
    private static readonly ChainPosition Position = new(ulong.MaxValue, 65_535);
    private static readonly VerifiedPromise Promise = Sign(UInt128.MaxValue);
    private static readonly VerifiedPromise Cover = Sign(0x0100, agreement: default(Agreement));
    private static readonly CreditSegment Segment = new(Lock, new Amount(255), new Amount(256));
    private static readonly SignedTotal Total = new(Lock, new Amount(1_000), new Amount(975), Position);

    private static readonly SignedProviderPromise Signed = new(
        new ProviderPromise(ChannelId.OfProvider(Provider, Channel), new Amount(975), Lock), Promise.Signature);

    private static readonly ConsumerChannelFacts ConsumerFacts = new(ulong.MaxValue, true, new Amount(1), Amount.Zero, true);
    private static readonly ConsumerChannelFacts ConsumerFactsWithNonce = ConsumerFacts with { Nonce = 3, Time = 1_800_000_000 };
    private static readonly ExitConsent Consent = new(Provider, new Amount(256), Nonce: 3, Deadline: ulong.MaxValue);
    private static readonly ConsumerChannelFacts UnregisteredFacts = new(257, false, new Amount(256), Amount.Zero, false)
    {
        Time = 1_800_000_000,
        Granted = new Amount(50),
    };

    private static readonly Opening Opening = new(
        new RegisterIdentity(Provider, Channel, new Amount(1), Provider, new Amount(256), Channel, Deadline: ulong.MaxValue),
        Promise.Signature,
        new Amount(100));

    private static readonly Opening PlainOpening = new(
        new RegisterIdentity(Provider, Channel, Amount.Zero, Address.Zero, Amount.Zero, Address.Zero, Deadline: 1_800_000_000),
        Promise.Signature,
        Amount.Zero);

    private static readonly ProviderChannelFacts ProviderFacts = new(12, new Amount(1), new Amount(2), new Amount(3));

    private static readonly TransactionRequest Call = new(Channel, new byte[] { 1, 2, 3 }, 5);
    private static readonly LaneAttempt Attempt = new(Bytes32.FromUInt128(9), new GasFees(2, UInt128.MaxValue), ulong.MaxValue, Cancels: true);
    private static readonly LaneOutcome Outcome = new(LaneOutcomeKind.Cancelled, 6, Bytes32.FromUInt128(9), 300, 21_000, 7);

    private static readonly MakerJob Job = new(
        Bytes32.FromUInt128(2),
        JobKind.Recover,
        Provider,
        Channel,
        new JobPay(new Amount(1), new Amount(2), new Amount(3), new Amount(256)),
        Call with { ValueWei = 0 },
        AcceptedAt: 1_800_000_000);

    private static readonly JobOutcome Done = new(JobReason.None, Bytes32.FromUInt128(9), 300, 21_000, 7, 1_800_000_001);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<object> All { get; } =
    [
        new ConsumerChannelEvent.PromiseAccepted(Promise, new Amount(5), R),
        new ConsumerChannelEvent.PromiseAccepted(Cover, Amount.Zero, R: null),
        new ConsumerChannelEvent.HashlockRevealed(R),
        new ConsumerChannelEvent.ChainObserved(ConsumerFacts),
        new ConsumerChannelEvent.FreezeChanged(true),
        new ConsumerChannelEvent.FreezeChanged(false),
        new ConsumerChannelEvent.ChainObserved(ConsumerFactsWithNonce),
        new ConsumerChannelEvent.ExitSeen(ulong.MaxValue),
        new ConsumerChannelEvent.ConsentGiven(Consent),
        new ConsumerChannelEvent.PromiseProven(Promise, R),
        new ConsumerChannelEvent.ChainObserved(UnregisteredFacts),
        new ConsumerChannelEvent.RegistrationHeld(Opening),
        new ConsumerChannelEvent.RegistrationHeld(PlainOpening),
        ConsumerState(),
        ConsumerChannelState.Empty,
        ConsumerState() with { Facts = ConsumerFactsWithNonce, ExitSeenAt = 300, Consent = Consent },
        ConsumerState() with { Facts = UnregisteredFacts, Opening = Opening },
        new OfferPromises(Channel, Provider, [new Offer(Promise, R), new Offer(Cover, KnownR: null)]),
        new PromisesOffered(
            Channel,
            [
                new OfferOutcome(RejectionReason.PromiseTooLow, Amount.Zero, new Amount(7), Promise),
                new OfferOutcome(RejectionReason.None, new Amount(7), Expected: null, Proof: null),
            ],
            [Segment]),
        new AcknowledgeCredit(Channel, Provider, new Amount(256)),
        new DeliverReveals(Channel, Provider, [R, new Preimage(Lock.Value)]),
        new ObserveConsumerChannel(Channel, ConsumerFacts),
        new ObserveConsumerChannel(Channel, ConsumerFactsWithNonce),
        new ObserveExitRequest(Channel, 300),
        new ConsentToExit(Channel, Consent),
        new ExitConsented(RejectionReason.None, Promise.Signature),
        new ExitConsented(RejectionReason.Overspend, Signature: null),
        new FreezeConsumerChannel(Channel, Frozen: true),
        new ProvePromise(Channel, Promise, R),
        new HoldRegistration(Channel, Opening),
        new RegistrationAnswered(RejectionReason.None, new Amount(256)),
        new RegistrationAnswered(RejectionReason.AmountOutOfRange, Amount.Zero),
        new GetCollectable(Channel),
        new CollectableFound(new Collectable(Channel, new SettleablePromise(Promise, R), new Amount(1))),
        new CollectableFound(new Collectable(Channel, Promise: null, Amount.Zero)
        {
            Promised = new Amount(256),
            Credited = new Amount(255),
            Providers = [Provider],
        }),
        new DescribeConsumerChannel(Channel),
        new ConsumerChannelDescribed(new ConsumerOverview(
            true, new Amount(6), new Amount(5), new Amount(4), new Amount(3), new Amount(2), Promise)),
        new ConsumerChannelDescribed(new ConsumerOverview(false, default, default, default, default, default, null)),
        new ConsumerChannelDescribed(new ConsumerOverview(true, default, default, default, default, default, null)
        {
            Frozen = true,
            Exiting = true,
            Consented = new Amount(256),
            Block = 257,
        }),
        new ConsumerChannelDescribed(new ConsumerOverview(false, new Amount(50), default, default, default, default, null)
        {
            OpeningDeadline = ulong.MaxValue,
        }),
        new ProviderChannelEvent.CreditsRecorded(
            [new RecordedCredit(Channel, Segment, R), new RecordedCredit(Provider, Segment, KnownR: null)]),
        new ProviderChannelEvent.HashlocksRevealed([R, new Preimage(Lock.Value)]),
        new ProviderChannelEvent.PromiseAuthorised(Total, IsRevealed: true),
        new ProviderChannelEvent.PromiseAuthorised(Total with { Position = null }, IsRevealed: false),
        new ProviderChannelEvent.FeeChanged(Share.Whole),
        new ProviderChannelEvent.TotalProven(new Amount(256)),
        new ProviderChannelEvent.ChainObserved(ProviderFacts),
        ProviderState(),
        ProviderChannelState.Empty,
        ProviderState() with { Proven = new Amount(256) },
        ProviderState() with { Settleable = new Amount(255) },
        ProviderState() with { Fees = FeeSchedule.Free.ChangeTo(250, new Amount(2)) with { Earlier = new Amount(1) } },
        new PrepareBatch(Provider, [R], [Lock]),
        new BatchPrepared(
            [RejectionReason.UnknownHashlock, RejectionReason.None],
            [new HashlockStanding(Lock, R, IsRefused: false), new HashlockStanding(default, KnownR: null, IsRefused: true)]),
        new CreditAndSign(Provider, [new ChannelCredits(Channel, [Segment])], Lock, Position),
        new CreditAndSign(Provider, [], Hashlock: null, Position: null),
        new CreditedAndSigned(
            [new CreditedTotal(Channel, new Amount(256))],
            RejectionReason.None,
            Signed,
            new Amount(4),
            new Amount(3),
            new Amount(2),
            new Amount(1),
            FeeBasisPoints: 250),
        new CreditedAndSigned([], RejectionReason.RevealFirst, null, default, default, default, default, FeeBasisPoints: 0),
        new DeliverCredits(Provider, new ChannelCredits(Channel, [Segment])),
        new AcknowledgeReveals(Provider, Channel, [Lock], new Amount(256)),
        new ObserveProviderChannel(Provider, ProviderFacts),
        new ObserveReveal(Provider, R),
        new ProveTotal(Provider, new Amount(256), Lock, R),
        new SignTotal(Provider, Total, long.MaxValue),
        new SignTotal(Provider, Total with { Position = null }, 1),
        new TotalSigned(Signed),
        new TotalSigned(Promise: null),
        new SignExit(Channel, Consent, long.MaxValue),
        new ExitSigned(Promise.Signature),
        new ExitSigned(Signature: null),
        new EvidenceTaken(RejectionReason.AlreadyCovered),
        new GetPayable(Provider),
        new PayableFound(new Payable(Provider, new Amount(4), new Amount(3), new Amount(6), new Amount(5))),
        new SettleableReported([new Report(Channel, new Amount(256))], [new Report(Provider, new Amount(1)), new Report(Channel, default)]),
        new SettleableReported([], []),
        new SettleableReported([], []) { Openings = [new HeldOpening(Channel, Opening), new HeldOpening(Provider, PlainOpening)] },
        new ObserverEvent.Read(Position9, [new FoundConsumer(Channel, Provider)], [Provider]),
        new ObserverEvent.Read(Position9, [], []),
        new ObserverEvent.OpeningGranted(Channel, Opening, new Amount(50), 1_800_000_000),
        new ObserverEvent.OpeningEnded(Channel, new Amount(40), new Amount(20), 1_800_000_001),
        new ObserverEvent.OpeningEnded(Channel, Amount.Zero, Amount.Zero, 1_800_000_001),
        new ObserverEvent.WentBack(8),
        new ObserverEvent.WentBack(To: null),
        ObserverState.Empty,
        ObserverState.Empty
            .Apply(new ObserverEvent.Read(
                Position9, [new FoundConsumer(Channel, Provider), new FoundConsumer(Provider, Channel)], [Provider]))
            .Apply(new ObserverEvent.Read(new BlockPosition(10, default), [], [Channel])),
        ObserverState.Empty
            .Apply(new ObserverEvent.OpeningGranted(Channel, Opening, new Amount(50), 1_800_000_000))
            .Apply(new ObserverEvent.OpeningGranted(Provider, PlainOpening, new Amount(50), 1_800_000_000))
            .Apply(new ObserverEvent.OpeningEnded(Channel, new Amount(40), new Amount(20), 1_800_000_001)),
        new LaneEvent.Placed(Bytes32.FromUInt128(8), 7, Call, 50_000, Attempt),
        new LaneEvent.Placed(default, 0, new TransactionRequest(To: null, default), 0, Attempt with { Head = 0, Cancels = false }),
        new LaneEvent.Replaced(7, Attempt),
        new LaneEvent.Replaced(7, Attempt with { Signature = Promise.Signature }),
        new LaneEvent.Finished(Bytes32.FromUInt128(8), Outcome),
        LaneState.Empty,
        LaneState.Empty
            .Apply(new LaneEvent.Placed(Bytes32.FromUInt128(8), 6, Call, 50_000, Attempt), remembered: 1)
            .Apply(new LaneEvent.Finished(Bytes32.FromUInt128(8), Outcome), remembered: 1)
            .Apply(new LaneEvent.Placed(Bytes32.FromUInt128(10), 7, Call, 60_000, Attempt), remembered: 1)
            .Apply(new LaneEvent.Replaced(7, Attempt), remembered: 1),
        new JobEvent.Accepted(Job),
        new JobEvent.Accepted(new MakerJob(
            default, JobKind.Register, Provider, Channel, new JobPay(default, default, default, default), Call, AcceptedAt: 0)),
        new JobEvent.Finished(Job.Id, Done),
        new JobEvent.Finished(Job.Id, JobOutcome.Without(JobReason.Overtaken, 0)),
        JobBook.Empty,
        JobBook.Empty
            .Apply(new JobEvent.Accepted(Job), remembered: 1)
            .Apply(new JobEvent.Finished(Job.Id, Done), remembered: 1)
            .Apply(new JobEvent.Accepted(Job with { Id = Bytes32.FromUInt128(3) }), remembered: 1),
        Observed.Instance,
        new ChannelEnvelope([new AcknowledgeCredit(Channel, Provider, new Amount(256)), Observed.Instance]),
        new ChannelEnvelope([]),
        new DescribeProviderChannel(Provider),
        new ProviderChannelDescribed(new ProviderOverview(
            new Amount(6), new Amount(5), new Amount(4), new Amount(3), new Amount(2), new Amount(1), Signed, Position)),
        new ProviderChannelDescribed(new ProviderOverview(default, default, default, default, default, default, null, null)),
        new ProviderChannelDescribed(new ProviderOverview(new Amount(8), default, new Amount(6), default, default, default, null, null)
        {
            Fees = new Amount(2),
            Settleable = new Amount(5),
            Block = 258,
        }),
    ];

    private static BlockPosition Position9 => new(9, Bytes32.FromUInt128(12));

    private static ConsumerChannelState ConsumerState()
    {
        var agreements = new ProviderAgreements
        {
            Totals = ProviderAgreements.None.Totals.Add(AgreementId.From(0), new Amount(1)).Add(AgreementId.From(300), new Amount(2)),
            Floor = AgreementId.From(0),
            Credited = new Amount(3),
            Unacknowledged = [Segment],
        };
        var empty = ConsumerChannelState.Empty;
        return new ConsumerChannelState
        {
            Facts = ConsumerFacts,
            Frozen = true,
            Latest = Promise,
            Settleable = new SettleablePromise(Cover, R),
            Rungs = [new Rung(Promise, new Amount(9))],
            Agreements = empty.Agreements.Add(Provider, agreements).Add(Channel, agreements with { Floor = null, Unacknowledged = [] }),
            Credited = new Amount(10),
        };
    }

    private static ProviderChannelState ProviderState()
    {
        var empty = ProviderChannelState.Empty;
        return new ProviderChannelState
        {
            Facts = ProviderFacts,
            CreditedBy = empty.CreditedBy.Add(Provider, new Amount(2)).Add(Channel, new Amount(1)),
            Gross = new Amount(3),
            Revealed = new Amount(1),
            Open = empty.Open.Add(Lock, new OpenHashlock(new Amount(2), [Provider, Channel])).Add(default, OpenHashlock.Empty),
            KnownPreimages = [R, new Preimage(default)],
            PendingReveals = empty.PendingReveals.Add(Lock, new PendingReveal(R, [Provider, Channel])),
            Fees = FeeSchedule.Free.ChangeTo(250, Amount.Zero).ChangeTo(300, new Amount(2)),
            LastSigned = Total,
        };
    }

    private static VerifiedPromise Sign(UInt128 amount, Agreement? agreement = null)
    {
        using var key = Keys.Of(2);
        var promise = new ConsumerPromise(
            ChannelId.OfConsumer(Channel),
            new Amount(amount),
            Lock,
            agreement ?? new Agreement(Provider, new AgreementId(new Bytes32([.. Enumerable.Repeat((byte)0xff, 32)])), new Amount(1)));
        return new VerifiedPromise(key.Address, Channel, promise, Curve.Default.Sign(Accountant.Domain.Digest(promise), key));
    }
}
