using AccountantCluster.Channels.Provider;
using AccountantCluster.Protocol;

namespace AccountantCluster.Channels.Tests.Simulation;

/// <summary>
/// The channels and what runs between them: a batch goes to the provider channel, to each promise's consumer channel, and to the provider channel again,
/// and every step can be the last.
/// </summary>
internal sealed class SimulatedAccountant(Wires wires, ChannelPolicy policy)
{
    private readonly Dictionary<Address, JournaledConsumerChannel> _consumers = [];
    private readonly Dictionary<Address, JournaledProviderChannel> _providers = [];

    public ChannelPolicy Policy => policy;

    public ushort FeeBasisPoints { get; set; }

    public IReadOnlyCollection<JournaledConsumerChannel> Consumers => _consumers.Values;

    public IReadOnlyCollection<JournaledProviderChannel> Providers => _providers.Values;

    public JournaledConsumerChannel OpenConsumer(uint number, UInt128 deposited)
    {
        var channel = new JournaledConsumerChannel(deposited, Given.AddressOf(0xc0_0000 + number));
        _consumers.Add(channel.Address, channel);
        return channel;
    }

    public JournaledProviderChannel OpenProvider(uint number)
    {
        var channel = new JournaledProviderChannel(Given.AddressOf(0xb0_0000 + number));
        _providers.Add(channel.Provider, channel);
        return channel;
    }

    public void HandIn(Address provider, Batch batch, Action<Answer> reply) => wires.Send(() =>
    {
        var hashlocks = batch.Promises.Select(promise => promise.Promise.Hashlock).ToHashSet();
        if (batch.Hashlock is { } named) hashlocks.Add(named);
        var prepared = _providers[provider].Prepare(batch.Reveals, hashlocks);
        if (!prepared.Events.IsEmpty) SendReveals(_providers[provider]);
        wires.Send(() => OfferNext(new BatchInProgress(provider, batch, prepared, reply)));
    });

    /// <summary>What timers do: send again what is not acknowledged.</summary>
    public void ResendAll()
    {
        foreach (var consumer in _consumers.Values)
            foreach (var (provider, agreements) in consumer.State.Agreements)
                if (!agreements.Unacknowledged.IsEmpty)
                    SendCredits(provider, [.. agreements.Unacknowledged.Select(segment => new ConsumerCredit(consumer.Address, segment))]);
        foreach (var provider in _providers.Values) SendReveals(provider);
    }

    /// <summary>The latest total signed for a provider, if any: what a stream opens with.</summary>
    public void OpenSession(Address provider, Action<SignedTotal> reply) => wires.Send(() =>
    {
        if (_providers[provider].State.LastSigned is { } latest) wires.Send(() => reply(latest));
    });

    public bool NothingToResend =>
        _consumers.Values.All(consumer => consumer.State.Agreements.Values.All(agreements => agreements.Unacknowledged.IsEmpty))
        && _providers.Values.All(provider => provider.State.PendingReveals.IsEmpty);

    private void OfferNext(BatchInProgress batch)
    {
        if (batch.IsOffered)
        {
            CreditAndSign(batch);
            return;
        }

        var promise = batch.NextPromise;
        var standing = batch.StandingOf(promise.Promise.Hashlock);
        if (standing.IsRefused)
        {
            batch.Results.Add(RejectionReason.RevealFirst);
        }
        else
        {
            var consumer = _consumers[promise.Channel];
            var reason = consumer.Offer(promise, standing.KnownR, policy).Reason;
            batch.Results.Add(reason);
            if (reason is RejectionReason.None or RejectionReason.AlreadyCovered)
            {
                batch.LastHashlock = promise.Promise.Hashlock;
                batch.Credits[consumer.Address] = consumer.State.With(batch.Provider).Unacknowledged;
            }
        }
        wires.Send(() => OfferNext(batch));
    }

    private void CreditAndSign(BatchInProgress batch)
    {
        var provider = _providers[batch.Provider];
        var credits = batch.Credits.SelectMany(pair => pair.Value.Select(segment => new ConsumerCredit(pair.Key, segment))).ToList();
        provider.Credit(credits, FeeBasisPoints);
        AcknowledgeCredits(provider, batch.Credits.Keys);
        var hashlock = batch.Batch.Hashlock ?? batch.LastHashlock;
        var signing = hashlock is { } h ? provider.Sign(h, batch.Batch.Position) : null;
        var answer = new Answer(
            batch.Batch.Id, batch.Prepared.Reveals, batch.Results, signing?.Reason ?? RejectionReason.None, signing?.Total);
        wires.Send(() => batch.Reply(answer));
    }

    private void SendCredits(Address provider, IReadOnlyList<ConsumerCredit> credits) => wires.Send(() =>
    {
        _providers[provider].Credit(credits, FeeBasisPoints);
        AcknowledgeCredits(_providers[provider], credits.Select(credit => credit.Channel).Distinct());
    });

    private void AcknowledgeCredits(JournaledProviderChannel provider, IEnumerable<Address> channels)
    {
        foreach (var channel in channels)
        {
            var total = ProviderChannel.CreditedBy(provider.State, channel);
            wires.Send(() => _consumers[channel].Acknowledge(provider.Provider, total));
        }
    }

    private void SendReveals(JournaledProviderChannel provider)
    {
        foreach (var pending in provider.State.PendingReveals.Values)
            foreach (var channel in pending.Channels)
                SendReveal(provider.Provider, channel, pending.R);
    }

    private void SendReveal(Address provider, Address channel, Preimage r) => wires.Send(() =>
    {
        var consumer = _consumers[channel];
        consumer.Reveal(r);
        var credited = consumer.State.With(provider).Credited;
        wires.Send(() => _providers[provider].AcknowledgeReveal(channel, r.ToHashlock(), credited));
    });
}
