using AccountantCluster.Benchmarks.Load;
using AccountantCluster.Benchmarks.World;
using AccountantCluster.Channels;
using AccountantCluster.Channels.Consumer;
using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Benchmarks.Rows;

/// <summary>The rules of both kinds of channel on one thread: no actor, no store, no signature.</summary>
internal sealed class RulesOnly
{
    private readonly Dictionary<Address, ConsumerChannelState> _consumers = [];
    private readonly Dictionary<Payee, ProviderChannelState> _providers = [];

    public RulesOnly(Market market)
    {
        foreach (var payer in market.Payers)
            _consumers[payer.Channel] = ConsumerChannelState.Empty with { Facts = BenchmarkAccountant.Deposited };
        foreach (var payee in market.Payees) _providers[payee] = ProviderChannelState.Empty;
    }

    public HandIn HandIn => (payee, position, batch) =>
    {
        // One at a time: the others wait, and their waiting counts.
        lock (_consumers) Exchange(payee, position, batch);
        return Task.FromResult(true);
    };

    private void Exchange(Payee payee, ChainPosition position, VerifiedPromise[] batch)
    {
        var hashlock = batch[0].Promise.Hashlock;
        var provider = _providers[payee];
        provider = ProviderChannel.DecidePrepare(provider, [], [hashlock]).Events.Aggregate(provider, ProviderChannel.Apply);
        var credits = new List<ConsumerCredit>();
        foreach (var promise in batch)
        {
            var consumer = _consumers[promise.Channel];
            var decision = ConsumerChannel.DecideOffer(consumer, promise, knownR: null, BenchmarkAccountant.Policy);
            if (decision.Reason != RejectionReason.None) throw new InvalidOperationException($"Refused: {decision.Reason}.");
            consumer = decision.Events.Aggregate(consumer, ConsumerChannel.Apply);
            var agreements = consumer.With(payee.Key.Address);
            credits.AddRange(agreements.Unacknowledged.Select(segment => new ConsumerCredit(promise.Channel, segment)));
            _consumers[promise.Channel] = ConsumerChannel.Acknowledge(consumer, payee.Key.Address, agreements.Credited);
        }
        provider = ProviderChannel.DecideCredits(provider, credits, BenchmarkAccountant.FeeBasisPoints)
            .Aggregate(provider, ProviderChannel.Apply);
        var signing = ProviderChannel.DecideSigning(provider, hashlock, position);
        if (signing.Total is null) throw new InvalidOperationException($"Nothing to sign: {signing.Reason}.");
        _providers[payee] = signing.Events.Aggregate(provider, ProviderChannel.Apply);
    }
}
