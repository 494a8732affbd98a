using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Client.Accountants;
using AccountantCluster.Client.Exchange;
using AccountantCluster.Client.Payments;
using AccountantCluster.Client.Providers;
using AccountantCluster.Protocol;
using SettleablePromise = AccountantCluster.Client.Providers.SettleablePromise;

namespace AccountantCluster.Client.Tests.Support;

/// <summary>The product's own channel rules in memory, one step after the other: what a cluster does, without the cluster.</summary>
internal sealed class HonestAccountant(
    AccountantProfile profile,
    PrivateKey operatorKey,
    ushort feeBasisPoints = 0,
    ulong exposureLimit = 1_000,
    ulong minimumFirstPayment = 1)
{
    private readonly Lock _lock = new();
    private readonly ChannelPolicy _policy = new(new Amount(exposureLimit), 4, 8, new Amount(minimumFirstPayment));
    private Dictionary<Address, ConsumerChannelState> _consumers = [];
    private Dictionary<Address, ProviderChannelState> _providers = [];

    public AccountantProfile Profile => profile;

    public AccountantTerms Terms { get; } = new(
        profile.ChainId, profile.Accountant, profile.Registry, profile.Token, feeBasisPoints, new Amount(exposureLimit), 4, 8,
        new Amount(minimumFirstPayment), 64, 4);

    /// <summary>Every R that the accountant ever heard, by its hashlock.</summary>
    public HashSet<Hashlock> Revealed { get; } = [];

    public void Deposit(Address consumer, ulong amount)
    {
        lock (_lock)
        {
            var channel = profile.ChannelOf(consumer);
            var state = Consumer(channel);
            var facts = new ConsumerChannelFacts(state.Facts.Block + 1, true, state.Facts.Deposited + new Amount(amount), default, false);
            _consumers[channel] = ConsumerChannel.DecideObservation(state, facts).Aggregate(state, ConsumerChannel.Apply);
        }
    }

    public ConsumerChannelState ConsumerOf(Address identity)
    {
        lock (_lock) return Consumer(profile.ChannelOf(identity));
    }

    public ProviderChannelState ProviderOf(Address provider)
    {
        lock (_lock) return _providers.GetValueOrDefault(provider, ProviderChannelState.Empty);
    }

    /// <summary>As after hundreds of windows: no R of a window that is closed by now is remembered.</summary>
    public void ForgetPreimages(Address provider)
    {
        lock (_lock) _providers[provider] = _providers[provider] with { KnownPreimages = [] };
    }

    /// <summary>Everything as it is now; what ends with bringing it back.</summary>
    public Action Backup()
    {
        lock (_lock)
        {
            var (consumers, providers) = (_consumers.ToDictionary(), _providers.ToDictionary());
            return () =>
            {
                lock (_lock) (_consumers, _providers) = (consumers.ToDictionary(), providers.ToDictionary());
            };
        }
    }

    /// <summary>Takes evidence; signatures are looked at as an edge does.</summary>
    public EvidenceAnswer Prove(Address provider, SettleablePromise? total, IReadOnlyList<CollectablePromise> promises)
    {
        lock (_lock) return new EvidenceAnswer(total is null ? default : Prove(provider, total), [.. promises.Select(Prove)]);
    }

    private RejectionReason Prove(Address provider, SettleablePromise total)
    {
        var message = new ProviderPromise(profile.ProviderChannelOf(provider), total.Amount, total.R.ToHashlock());
        if (!Curve.Default.TryRecover(profile.Domain.Digest(message), total.Signature, out var signer) || signer != operatorKey.Address)
            return RejectionReason.InvalidSignature;
        var state = _providers.GetValueOrDefault(provider, ProviderChannelState.Empty);
        var decision = ProviderEvidence.Decide(state, total.Amount, message.Hashlock, total.R);
        _providers[provider] = decision.Events.Aggregate(state, ProviderChannel.Apply);
        DeliverReveals(_providers[provider]);
        return decision.Reason;
    }

    private RejectionReason Prove(CollectablePromise evidence)
    {
        var promise = evidence.Promise;
        if (!promise.IsSignedByConsumer(profile, Curve.Default)) return RejectionReason.InvalidSignature;
        var channel = profile.ChannelOf(promise.Consumer);
        var verified = new VerifiedPromise(promise.Consumer, channel, promise.ToMessage(profile), promise.Signature);
        var decision = ConsumerEvidence.Decide(Consumer(channel), verified, evidence.R);
        _consumers[channel] = decision.Events.Aggregate(Consumer(channel), ConsumerChannel.Apply);
        return decision.Reason;
    }

    public OpenedSession Open(Address provider)
    {
        lock (_lock)
        {
            var last = _providers.GetValueOrDefault(provider, ProviderChannelState.Empty).LastSigned;
            return new OpenedSession(Terms, new LatestPromise(last is { } total ? Sign(provider, total) : null, last?.Position));
        }
    }

    public ExchangeAnswer Exchange(Address provider, ExchangeBatch batch)
    {
        lock (_lock)
        {
            var state = _providers.GetValueOrDefault(provider, ProviderChannelState.Empty);
            var hashlocks = batch.Promises.Select(promise => promise.Hashlock);
            if (batch.Hashlock is { } named) hashlocks = hashlocks.Append(named);
            var prepared = ProviderChannel.DecidePrepare(state, batch.Reveals?.ToArray() ?? [], hashlocks.Distinct().ToArray());
            state = prepared.Events.Aggregate(state, ProviderChannel.Apply);
            DeliverReveals(state);

            var results = new List<PromiseResult>();
            foreach (var promise in batch.Promises)
            {
                var standing = prepared.Hashlocks.First(hashlock => hashlock.Hashlock == promise.Hashlock);
                results.Add(Offer(promise, standing));
                state = Credit(state, profile.ChannelOf(promise.Consumer), provider);
            }

            var covered = batch.Promises.Where((_, i) => results[i].Reason is RejectionReason.None or RejectionReason.AlreadyCovered);
            var hashlock = batch.Hashlock ?? covered.LastOrDefault()?.Hashlock;
            var (promised, reason) = ((AccountantPromise?)null, RejectionReason.UnknownHashlock);
            if (hashlock is { } under)
            {
                var signing = ProviderChannel.DecideSigning(state, under, batch.Position);
                state = signing.Events.Aggregate(state, ProviderChannel.Apply);
                reason = signing.Reason;
                if (signing.Total is { } total) promised = Sign(provider, total);
            }
            _providers[provider] = state;
            return new ExchangeAnswer([.. prepared.Reveals], results, promised, reason, state.Promised, default, default, default);
        }
    }

    public AccountantPromise Sign(Address provider, Amount amount, Hashlock hashlock, PrivateKey? key = null)
    {
        var message = new ProviderPromise(profile.ProviderChannelOf(provider), amount, hashlock);
        return new AccountantPromise(amount, hashlock, Curve.Default.Sign(profile.Domain.Digest(message), key ?? operatorKey));
    }

    private AccountantPromise Sign(Address provider, SignedTotal total) => Sign(provider, total.Promised, total.Hashlock);

    private ConsumerChannelState Consumer(Address channel) => _consumers.GetValueOrDefault(channel, ConsumerChannelState.Empty);

    private void DeliverReveals(ProviderChannelState state)
    {
        foreach (var (hashlock, pending) in state.PendingReveals)
        {
            Revealed.Add(hashlock);
            foreach (var channel in pending.Channels)
            {
                var events = ConsumerChannel.DecideReveal(Consumer(channel), pending.R);
                _consumers[channel] = events.Aggregate(Consumer(channel), ConsumerChannel.Apply);
            }
        }
    }

    private PromiseResult Offer(SignedPromise promise, HashlockStanding standing)
    {
        if (!promise.IsSignedByConsumer(profile, Curve.Default))
            return new PromiseResult(RejectionReason.InvalidSignature, default, default, null, null);
        var channel = profile.ChannelOf(promise.Consumer);
        var state = Consumer(channel);
        var verified = new VerifiedPromise(promise.Consumer, channel, promise.ToMessage(profile), promise.Signature);
        var decision = ConsumerChannel.DecideOffer(state, verified, standing.KnownR, _policy);
        _consumers[channel] = decision.Events.Aggregate(state, ConsumerChannel.Apply);
        var proof = decision.Expected is null ? null : ToSigned(state.Latest);
        return new PromiseResult(decision.Reason, decision.Delta, default, decision.Expected, proof);
    }

    /// <summary>A channel's promise as it travels.</summary>
    public static SignedPromise? ToSigned(VerifiedPromise? verified) => verified is not { Promise: var promise } known
        ? null
        : new SignedPromise(known.Consumer, promise.Amount, promise.Hashlock, promise.Agreement, known.Signature);

    private ProviderChannelState Credit(ProviderChannelState state, Address channel, Address provider)
    {
        var waiting = Consumer(channel).With(provider).Unacknowledged.Select(segment => new ConsumerCredit(channel, segment));
        var events = ProviderChannel.DecideCredits(state, [.. waiting], feeBasisPoints);
        state = events.Aggregate(state, ProviderChannel.Apply);
        _consumers[channel] = ConsumerChannel.Acknowledge(Consumer(channel), provider, ProviderChannel.CreditedBy(state, channel));
        return state;
    }
}
